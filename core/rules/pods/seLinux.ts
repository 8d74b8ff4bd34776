import { z } from "zod";
import { finding } from "../finding.ts";
import { judge } from "../judge.ts";
import { fromStagingOn } from "../levels.ts";
import { podRule } from "./podRule.ts";
import { everywhereStated } from "./securityContext.ts";

const confined = ["container_t", "container_init_t", "container_kvm_t", "container_engine_t"];

export const seLinuxOptions = podRule(
  {
    id: "selinux-options",
    description: "SELinux options name a container's type, and no user or role.",
    why: "Under another type the kernel no longer keeps a program that got out away from the node's files.",
    severity: "medium",
    levels: fromStagingOn,
    rows: ["A11"],
    frameworks: ["PSS baseline"],
    parameters: z.strictObject({ types: z.array(z.string()).default(confined).describe("types that may be named") }),
  },
  (pod, { types }) =>
    everywhereStated(pod, "seLinuxOptions").flatMap(({ field: options, container }) =>
      ["type", "user", "role"].flatMap((key) =>
        judge(
          options.at(key),
          (field) => {
            const allowed = key === "type" ? ["", ...types] : [""];
            if (allowed.includes(field.text ?? "")) return [];
            const fix = key === "type" ? `one of ${types.join(", ")}` : "leave it out";
            return [
              finding(field, { problem: "leaves the container's confinement", fix, value: field.text }, container),
            ];
          },
          container,
        ),
      ),
    ),
);
