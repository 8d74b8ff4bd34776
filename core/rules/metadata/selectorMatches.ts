import { finding, notDecided } from "../finding.ts";
import { everywhere } from "../levels.ts";
import { objectRule } from "../objectRule.ts";
import { podLabels } from "../pods/podRule.ts";
import { selects } from "../reading/selector.ts";

export const selectorMatches = objectRule(
  {
    id: "selector-matches-template",
    description: "A workload's selector fits the labels of its own pods: the API server takes no other.",
    why: "`up` stops at it half way, with part of the stack changed already.",
    severity: "high",
    levels: everywhere,
    rows: ["I06"],
  },
  ["Deployment", "StatefulSet", "DaemonSet", "ReplicaSet", "Rollout"],
  (root, { object }) => {
    const selector = root.at("spec", "selector");
    // A Rollout may leave its pods to a Deployment that it names.
    const named = root.at("spec", "workloadRef");
    if (selector.absent || object.partial || !(named.absent || named.unknown)) return [];
    const answer = selects(selector, podLabels(object));
    if (answer === "unknown") return [notDecided(selector)];
    if (answer === "yes") return [];
    return [finding(selector, { problem: "does not fit the pods' labels", fix: "write labels that the template has" })];
  },
);
