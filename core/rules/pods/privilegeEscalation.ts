import { finding } from "../finding.ts";
import { judge } from "../judge.ts";
import { advisedFromStagingOn } from "../levels.ts";
import { containerRule } from "./podRule.ts";
import { own } from "./securityContext.ts";

export const noPrivilegeEscalation = containerRule(
  {
    id: "no-privilege-escalation",
    description: "No process gains more rights than its parent has.",
    why: "Any setuid file of the image, such as su, makes root of whoever took the program over.",
    severity: "medium",
    levels: advisedFromStagingOn,
    demands: ["R-40"],
    rows: ["B03"],
    frameworks: ["PSS restricted", "CIS 5.2.6", "NSA"],
  },
  (container, { partial, windows }) => {
    const field = own(container, "allowPrivilegeEscalation");
    const words = { problem: field.absent ? "is not set" : "lets processes gain rights", fix: "write false" };
    if (windows) return [];
    if (field.absent) return partial ? [] : [finding(field, words, container.name)];
    return judge(
      field,
      () => (field.text === "false" ? [] : [finding(field, { ...words, value: field.text }, container.name)]),
      container.name,
    );
  },
);
