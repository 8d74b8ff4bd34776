import { finding } from "../finding.ts";
import { judge } from "../judge.ts";
import { fromStagingOn } from "../levels.ts";
import { containerRule } from "./podRule.ts";
import { own } from "./securityContext.ts";

export const defaultProcMount = containerRule(
  {
    id: "default-proc-mount",
    description: "Containers see /proc masked as by default.",
    why: "The program reads and sets values of the node's kernel that are hidden from containers for a reason.",
    severity: "medium",
    levels: fromStagingOn,
    rows: ["A10"],
    frameworks: ["PSS baseline"],
  },
  (container) =>
    judge(
      own(container, "procMount"),
      (field) =>
        field.text === "Default"
          ? []
          : [
              finding(
                field,
                { problem: "shows more of /proc", fix: "leave it out", value: field.text },
                container.name,
              ),
            ],
      container.name,
    ),
);
