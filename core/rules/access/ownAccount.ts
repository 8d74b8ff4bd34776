import { finding, notDecided } from "../finding.ts";
import { judge } from "../judge.ts";
import { advisedFromStagingOn, off } from "../levels.ts";
import { podOf, podRule } from "../pods/podRule.ts";
import type { Rule } from "../rule.ts";

export const ownServiceAccount = podRule(
  {
    id: "own-service-account",
    description: "A pod runs as an account of its own: rights given to the default one are everybody's.",
    why: "Who breaks into one app has the rights of all, and the audit log can't tell which of them it was.",
    severity: "low",
    levels: off,
    demands: ["R-40"],
    rows: ["H01"],
    frameworks: ["CIS 5.1.5"],
  },
  ({ spec, partial }) => {
    const field = spec.at("serviceAccountName");
    const fix = "name a ServiceAccount of its own";
    if (field.absent || field.text === "") return partial ? [] : [finding(field, { problem: "is not set", fix })];
    return judge(field, () =>
      field.text === "default" ? [finding(field, { problem: "is everybody's", fix, value: field.text })] : [],
    );
  },
);

export const serviceAccountExists: Rule = {
  id: "service-account-exists",
  description: "The account that a pod names is one of the stack's, where the stack makes any.",
  why: "Not one pod can be made, and the Deployment says only that it waits.",
  severity: "medium",
  levels: advisedFromStagingOn,
  rows: ["H03"],
  relation: true,
  check: ({ object, inventory }) => {
    const field = podOf({ object })?.spec.at("serviceAccountName");
    if (!field || field.absent || field.text === "default") return [];
    if (inventory.sharing(object, "ServiceAccount").length === 0) return [];
    const found = inventory.has(object, "ServiceAccount", field);
    if (found === "unknown") return [notDecided(field)];
    return found === "yes"
      ? []
      : [finding(field, { problem: "is no ServiceAccount of the stack", fix: "name one", value: field.text })];
  },
};
