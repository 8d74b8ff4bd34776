import { challengeLabel } from "../../labels.ts";
import { finding, notDecided } from "../finding.ts";
import { advisedFromStagingOn, off } from "../levels.ts";
import { objectRule } from "../objectRule.ts";
import { podLabels, podOf } from "../pods/podRule.ts";
import { selectable } from "../pods/selectable.ts";
import { selects } from "../reading/selector.ts";
import { meansOperated } from "../relations/operatedPods.ts";
import type { Rule } from "../rule.ts";

export const isolatedPods: Rule = {
  id: "pods-are-isolated",
  description: "A network policy selects every pod: else it may be reached from everywhere.",
  why: "Who takes one pod over reaches all the others, the database too.",
  severity: "medium",
  levels: off,
  demands: ["R-34"],
  rows: ["F01"],
  frameworks: ["CIS 5.3.2", "NSA"],
  relation: true,
  check: (subject) => {
    const pod = podOf(subject);
    if (!pod || pod.partial) return [];
    const labels = pod.metadata.at("labels");
    const answers = subject.inventory
      .sharing(subject.object, "NetworkPolicy")
      .map(({ root }) => selects(root.at("spec", "podSelector"), labels));
    if (answers.includes("yes")) return [];
    if (answers.includes("unknown")) return [notDecided(labels)];
    return [
      finding(labels, { problem: "are selected by no NetworkPolicy of the stack", fix: "add one for these pods" }),
    ];
  },
};

export const policiesSelect: Rule = {
  id: "network-policy-selects",
  description: "A network policy selects pods that exist: else it protects nothing, and looks as if it did.",
  why: "The database that all believe closed is open, and nobody looks as there is a policy.",
  severity: "medium",
  levels: advisedFromStagingOn,
  demands: ["R-34"],
  rows: ["F03"],
  relation: true,
  check: ({ object, inventory }) => {
    if (object.kind !== "NetworkPolicy" || object.partial) return [];
    const selector = object.root.at("spec", "podSelector");
    if (selector.at("matchLabels", challengeLabel).text === "true") return [];
    if (meansOperated(object, selector, inventory)) return [];
    const workloads = inventory.workloadsSharing(object);
    if (workloads.length === 0) return [];
    const answers = selectable(workloads, selector).map((workload) => selects(selector, podLabels(workload)));
    if (answers.includes("yes")) return [];
    if (answers.includes("unknown")) return [notDecided(selector)];
    return [
      finding(selector, { problem: "selects no pod of the stack", fix: "write the labels of the pods it is for" }),
    ];
  },
};

export const noEmptySelector = objectRule(
  {
    id: "no-empty-pod-selector",
    description: "A network policy says which pods it is for: an empty selector is all of the namespace.",
    why: "What was meant for one app opens every pod of the namespace, also those that come later.",
    severity: "low",
    levels: off,
    rows: ["F03"],
  },
  ["NetworkPolicy"],
  (root, { object: { partial } }) => {
    const selector = root.at("spec", "podSelector");
    if (selector.unknown) return [notDecided(selector)];
    const stated = [...selector.at("matchLabels").entries(), ...selector.at("matchExpressions").items()];
    return stated.length === 0 && !partial
      ? [finding(selector, { problem: "is every pod of the namespace", fix: "write labels" })]
      : [];
  },
);
