import { z } from "zod";
import { finding } from "../finding.ts";
import { judge } from "../judge.ts";
import { advisedFromStagingOn, fromStagingOn } from "../levels.ts";
import { containerRule, podRule } from "./podRule.ts";
import { effective, everywhereStated } from "./securityContext.ts";

const confining = ["RuntimeDefault", "Localhost"];
const fix = "write RuntimeDefault";

export const noUnconfinedSeccomp = podRule(
  {
    id: "no-unconfined-seccomp",
    description: "Where a seccomp profile is stated, it confines.",
    why: "Rare system calls are where the kernel's holes are, and one such call is a way out of the container.",
    severity: "medium",
    levels: fromStagingOn,
    rows: ["A13"],
    frameworks: ["PSS baseline", "CIS 5.7.2"],
  },
  (pod) =>
    everywhereStated(pod, "seccompProfile", "type").flatMap(({ field, container }) =>
      judge(
        field,
        () =>
          confining.includes(field.text ?? "")
            ? []
            : [finding(field, { problem: "leaves every system call open", fix, value: field.text }, container)],
        container,
      ),
    ),
);

export const seccompProfile = containerRule(
  {
    id: "seccomp-profile",
    description: "Every container runs under a seccomp profile, its own or the pod's.",
    why: "The program may make every system call of the kernel, also those by which containers were left before.",
    severity: "medium",
    levels: advisedFromStagingOn,
    rows: ["B08"],
    frameworks: ["PSS restricted", "CIS 5.7.2", "NSA"],
    parameters: z.strictObject({ required: z.boolean().default(true).describe("whether it must be set") }),
  },
  (container, pod, { required }) => {
    if (pod.windows) return [];
    const field = effective(container, pod, "seccompProfile", "type");
    if (field.absent)
      return pod.partial || !required ? [] : [finding(field, { problem: "is not set", fix }, container.name)];
    return judge(
      field,
      () =>
        confining.includes(field.text ?? "")
          ? []
          : [finding(field, { problem: "leaves every system call open", fix, value: field.text }, container.name)],
      container.name,
    );
  },
);
