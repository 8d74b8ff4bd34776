import { finding } from "../finding.ts";
import { judge } from "../judge.ts";
import { fromStagingOn } from "../levels.ts";
import { podRule } from "./podRule.ts";
import { everywhereStated } from "./securityContext.ts";

export const noHostProcess = podRule(
  {
    id: "no-host-process",
    description: "No Windows container runs as a process of the node.",
    why: "The container has the rights of the node's own services: who takes it over has the node.",
    severity: "high",
    levels: fromStagingOn,
    rows: ["A07"],
    frameworks: ["PSS baseline", "CIS 5.2.11"],
  },
  (pod) =>
    everywhereStated(pod, "windowsOptions", "hostProcess").flatMap(({ field, container }) =>
      judge(
        field,
        () =>
          field.text === "true"
            ? [
                finding(
                  field,
                  { problem: "runs it as a process of the node", fix: "leave it out", value: "true" },
                  container,
                ),
              ]
            : [],
        container,
      ),
    ),
);
