import { z } from "zod";
import { finding } from "../finding.ts";
import { judge } from "../judge.ts";
import { fromStagingOn } from "../levels.ts";
import { podRule } from "./podRule.ts";

const shared = ["hostNetwork", "hostPID", "hostIPC"] as const;

export const noHostNamespaces = podRule(
  {
    id: "no-host-namespaces",
    description: "No pod shares the node's network, processes or memory.",
    why: "Who takes the pod over listens to the node's traffic, and sees and ends the processes of other pods.",
    severity: "high",
    levels: fromStagingOn,
    rows: ["A02"],
    frameworks: ["PSS baseline", "CIS 5.2.3", "CIS 5.2.4", "CIS 5.2.5", "NSA"],
    parameters: z.strictObject({ allowed: z.array(z.enum(shared)).default([]).describe("what may be shared") }),
  },
  ({ spec }, { allowed }) =>
    shared
      .filter((key) => !allowed.includes(key))
      .flatMap((key) =>
        judge(spec.at(key), (field) =>
          field.text === "true"
            ? [finding(field, { problem: "shares it with the node", fix: "leave it out", value: "true" })]
            : [],
        ),
      ),
);
