import { finding } from "../finding.ts";
import { judge } from "../judge.ts";
import { fromStagingOn } from "../levels.ts";
import { objectRule } from "../objectRule.ts";

const bindings = ["RoleBinding", "ClusterRoleBinding"];

export const noClusterAdmin = objectRule(
  {
    id: "no-cluster-admin",
    description: "Nothing is bound to cluster-admin.",
    why: "Who takes over one pod with that account has every Secret, every namespace and every node.",
    severity: "critical",
    levels: fromStagingOn,
    demands: ["R-40"],
    rows: ["H04"],
    frameworks: ["CIS 5.1.1", "NSA"],
  },
  bindings,
  (root) =>
    judge(root.at("roleRef", "name"), (field) =>
      field.text === "cluster-admin"
        ? [finding(field, { problem: "may do everything", fix: "write a role of its own", value: field.text })]
        : [],
    ),
);

const groups = ["system:anonymous", "system:unauthenticated", "system:authenticated", "system:masters"];

export const noSystemGroups = objectRule(
  {
    id: "no-system-groups",
    description: "Nothing is bound to everybody, or to the group that no rule holds for.",
    why: "Every account of the cluster, or everybody who reaches the API server, has the right, and it can't be taken from one alone.",
    severity: "critical",
    levels: fromStagingOn,
    demands: ["R-40"],
    rows: ["H10"],
    frameworks: ["CIS 5.1.7"],
  },
  bindings,
  (root) =>
    root
      .at("subjects")
      .items()
      .flatMap((subject) =>
        judge(subject.at("name"), (field) =>
          groups.includes(field.text ?? "")
            ? [finding(field, { problem: "is a group of the system", fix: "name who needs it", value: field.text })]
            : [],
        ),
      ),
);
