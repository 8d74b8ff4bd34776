import { finding } from "../finding.ts";
import { judge } from "../judge.ts";
import { fromStagingOn } from "../levels.ts";
import { containerRule } from "./podRule.ts";
import { own } from "./securityContext.ts";

export const noPrivilegedContainers = containerRule(
  {
    id: "no-privileged-containers",
    description: "No container is privileged: it would be root on the node.",
    why: "Who takes the program over reads the node's disks, loads kernel modules, and has the secrets of every pod on it.",
    severity: "critical",
    levels: fromStagingOn,
    demands: ["R-40"],
    rows: ["A01"],
    frameworks: ["PSS baseline", "CIS 5.2.2", "NSA"],
  },
  (container) =>
    judge(
      own(container, "privileged"),
      (field) =>
        field.text === "true"
          ? [
              finding(
                field,
                { problem: "gives the container the node", fix: "leave it out", value: "true" },
                container.name,
              ),
            ]
          : [],
      container.name,
    ),
);
