import { z } from "zod";
import { finding, notDecided } from "../finding.ts";
import { judge, refuseAbsent } from "../judge.ts";
import { fromStagingOn, off } from "../levels.ts";
import { objectRule } from "../objectRule.ts";
import { selectable } from "../pods/selectable.ts";
import type { Field } from "../reading/field.ts";
import type { Inventory } from "../reading/inventory.ts";
import type { KubernetesObject } from "../reading/kubernetesObject.ts";
import { counts, selectorOfBudget } from "../relations/budgets.ts";
import { replicaCount, scales } from "../relations/replicaCount.ts";
import type { Finding } from "../rule.ts";

export const evictable = objectRule(
  {
    id: "disruption-budget-leaves-room",
    description: "A disruption budget lets at least one pod go: else no node can ever be drained.",
    why: "The cluster's upgrade stops at this pod until somebody deletes the budget, or ends the pod by force.",
    severity: "high",
    levels: fromStagingOn,
    rows: ["E08", "E09"],
    relation: true,
    parameters: z.strictObject({
      room: z
        .int()
        .min(1)
        .max(100)
        .default(1)
        .describe("least share that may go where the budget is a percentage, in percent"),
    }),
  },
  ["PodDisruptionBudget"],
  (root, { object, inventory }, { room }) => {
    const [most, least] = ["maxUnavailable", "minAvailable"].map((key) => root.at("spec", key)) as [Field, Field];
    const pods = podsCounted(object, inventory);
    const needed = (value: string) =>
      value.endsWith("%") ? Math.ceil((Number.parseInt(value, 10) / 100) * Number(pods)) : Number(value);
    const stuck = (value: string, share: (percent: number) => number) =>
      /^\d+%$/.test(value) && share(Number.parseInt(value, 10)) < room;
    if (pods === undefined && !least.absent) return [notDecided(least)];
    return [
      ...tooTight(most, (value) => value === "0" || stuck(value, (percent) => percent)),
      ...tooTight(
        least,
        (value) => stuck(value, (percent) => 100 - percent) || (Number.isFinite(pods) && needed(value) >= Number(pods)),
      ),
    ];
  },
);

/** How many pods a budget counts at least; undefined while that is not known, infinite where the stack does not say. */
function podsCounted(budget: KubernetesObject, inventory: Inventory): number | undefined {
  const near = selectable(inventory.workloadsSharing(budget), selectorOfBudget(budget));
  const counted = near.filter((workload) => counts(budget, workload) === "yes");
  if (counted.length === 0 || !counted.every(scales)) return Number.POSITIVE_INFINITY;
  const least = counted.map((workload) => replicaCount(workload, inventory).least);
  return least.includes(undefined) ? undefined : least.reduce<number>((sum, one) => sum + Number(one), 0);
}

function tooTight(field: Field, wrong: (value: string) => boolean): Finding[] {
  return judge(field, () => {
    const text = field.text ?? "";
    if (!wrong(text)) return [];
    return [finding(field, { problem: "lets no pod go, or too few", fix: "write maxUnavailable: 1", value: text })];
  });
}

export const evictionPolicy = objectRule(
  {
    id: "evict-unhealthy-pods",
    description: "A disruption budget says what becomes of pods that are not healthy: by default they block a drain.",
    why: "One pod that crashes in a loop stops the upgrade of its node, though it serves nobody.",
    severity: "low",
    levels: off,
    rows: ["E10"],
  },
  ["PodDisruptionBudget"],
  (root, { object }) => {
    const policy = root.at("spec", "unhealthyPodEvictionPolicy");
    return object.partial ? [] : refuseAbsent(policy, { problem: "is not set", fix: "write AlwaysAllow" });
  },
);
