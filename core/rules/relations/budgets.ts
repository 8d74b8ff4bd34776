import { z } from "zod";
import { finding, notDecided } from "../finding.ts";
import { matches, patterns, ruleWith } from "../parameters.ts";
import { podLabels } from "../pods/podRule.ts";
import { selecting } from "../pods/selectable.ts";
import type { KubernetesObject } from "../reading/kubernetesObject.ts";
import { selects } from "../reading/selector.ts";
import { type Answer, anyOf } from "./answer.ts";
import { replicaCount } from "./replicaCount.ts";
import { advisedInStaging } from "./stages.ts";

/** Whether a disruption budget counts the pods of a workload. One without a selector counts none. */
export function counts(budget: KubernetesObject, workload: KubernetesObject): Answer {
  const selector = selectorOfBudget(budget);
  return selector.absent ? "no" : selects(selector, podLabels(workload));
}

export const selectorOfBudget = ({ root }: KubernetesObject) => root.at("spec", "selector");

export const hasBudget = ruleWith(
  {
    id: "several-replicas-have-a-budget",
    description: "A disruption budget counts the pods of each workload that runs several.",
    why: "Without one, draining nodes may take all replicas of a workload at the same time.",
    severity: "medium",
    levels: advisedInStaging,
    demands: ["R-11", "R-55"],
    rows: ["E07"],
    relation: true,
    parameters: z.strictObject({
      external: patterns.default([]).describe("names of workloads whose budget is made elsewhere"),
    }),
  },
  ({ object, inventory }, { external }) => {
    if (!["Deployment", "StatefulSet", "Rollout"].includes(object.kind) || object.partial) return [];
    if (matches(object.name, external)) return [];
    const { least } = replicaCount(object, inventory);
    if (least !== undefined && least < 2) return [];
    const budgets = selecting(inventory.sharing(object, "PodDisruptionBudget"), selectorOfBudget, podLabels(object));
    const covered = anyOf(budgets.map((budget) => counts(budget, object)));
    if (covered === "yes") return [];
    const replicas = object.root.at("spec", "replicas");
    if (covered === "unknown" || least === undefined) return [notDecided(replicas)];
    const problem = "is several pods, and no PodDisruptionBudget of the stack counts them";
    const fix = "add one with their labels and maxUnavailable: 1";
    return [finding(replicas, { problem, fix, value: replicas.text })];
  },
);
