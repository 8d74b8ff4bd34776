import { finding, notDecided } from "../finding.ts";
import { judge, refuseIf } from "../judge.ts";
import { advisedFromStagingOn, fromStagingOn } from "../levels.ts";
import { objectRule } from "../objectRule.ts";
import { Field, undecided } from "../reading/field.ts";
import type { KubernetesObject } from "../reading/kubernetesObject.ts";
import type { Rule } from "../rule.ts";

export const scaleRange = objectRule(
  {
    id: "autoscaler-range",
    description:
      "An autoscaler has room, at least one replica and more at most than at least, and aims at a share of the request.",
    why: "The API server refuses it in the middle of `up`, with part of the stack changed already.",
    severity: "medium",
    levels: fromStagingOn,
    rows: ["E11"],
  },
  ["HorizontalPodAutoscaler"],
  (root) => {
    const [min, max] = [root.at("spec", "minReplicas"), root.at("spec", "maxReplicas")];
    const room = judge(max, () => {
      if (min.unknown) return [notDecided(min)];
      const [least, most] = [Number(min.text ?? 1), Number(max.text)];
      return most < least || most < 1
        ? [finding(max, { problem: `is less than minReplicas (${least})`, fix: "make it more", value: max.text })]
        : [];
    });
    const words = { problem: "is no share of the request", fix: "write 1 to 100, such as 70" };
    const share = (text: string) => !(Number(text) >= 1 && Number(text) <= 100);
    return [...room, ...aims(root).flatMap((aim) => refuseIf(aim, share, words))];
  },
);

/** The shares of the requested cpu and memory that it aims at, in percent. */
function aims(root: Field): Field[] {
  const metrics = root.at("spec", "metrics").items();
  return [
    root.at("spec", "targetCPUUtilizationPercentage"),
    ...metrics.flatMap((metric) =>
      metric.unknown
        ? [metric]
        : ["resource", "containerResource"].map((key) => metric.at(key, "target", "averageUtilization")),
    ),
  ];
}

const scalers = ["HorizontalPodAutoscaler", "ScaledObject", "VerticalPodAutoscaler"];
const targetOf = ({ kind, root }: KubernetesObject) =>
  root.at("spec", kind === "VerticalPodAutoscaler" ? "targetRef" : "scaleTargetRef");

export const replicasLeftToAutoscaler: Rule = {
  id: "replicas-left-to-autoscaler",
  description:
    "A workload that an autoscaler targets states no replicas, or ignores changes of them: each update would set them back.",
  why: "A release on a busy day takes the pods from ten back to two, and those meet the whole load.",
  severity: "medium",
  levels: advisedFromStagingOn,
  rows: ["E13"],
  relation: true,
  check: ({ object, inventory, ignoreChanges }) => {
    const replicas = object.root.at("spec", "replicas");
    if (!["Deployment", "StatefulSet", "ReplicaSet", "Rollout"].includes(object.kind) || replicas.absent) return [];
    const scaled = inventory
      .sharing(object, "HorizontalPodAutoscaler")
      .map(targetOf)
      .some((target) => target.at("kind").text === object.kind && target.at("name").text === object.name);
    if (!scaled || object.name === undefined) return [];
    if (ignoreChanges === undecided) return [notDecided(new Field(undecided, "ignoreChanges"))];
    if (ignoreChanges?.includes("spec.replicas")) return [];
    const problem = "is set though an autoscaler sets it";
    return [finding(replicas, { problem, fix: "leave it out", value: replicas.text })];
  },
};

export const scaleTargetExists: Rule = {
  id: "autoscaler-target-exists",
  description: "An autoscaler's target is a workload of the stack.",
  why: "Nothing is ever scaled, which shows under the very load that it was meant for.",
  severity: "medium",
  levels: advisedFromStagingOn,
  rows: ["E12"],
  relation: true,
  check: ({ object, inventory }) => {
    if (!scalers.includes(object.kind) || object.partial) return [];
    const [kind, name] = [targetOf(object).at("kind"), targetOf(object).at("name")];
    const found = kind.unknown ? "unknown" : inventory.has(object, kind.text ?? "Deployment", name);
    if (found === "unknown") return [notDecided(name)];
    if (found === "yes") return [];
    return [finding(name, { problem: "is no such workload of the stack", fix: "name one", value: name.text })];
  },
};
