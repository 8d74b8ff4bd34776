import { z } from "zod";
import { finding } from "../finding.ts";
import { judge } from "../judge.ts";
import { fromStagingOn, off } from "../levels.ts";
import { objectRule } from "../objectRule.ts";
import { podLabels } from "../pods/podRule.ts";
import { selectable } from "../pods/selectable.ts";
import type { Field } from "../reading/field.ts";
import { selects } from "../reading/selector.ts";
import type { Finding } from "../rule.ts";

export const evictable = objectRule(
  {
    id: "disruption-budget-leaves-room",
    description: "A disruption budget lets at least one pod go: else no node can ever be drained.",
    severity: "high",
    levels: fromStagingOn,
    rows: ["E08"],
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
    const selector = root.at("spec", "selector");
    const replicas = selectable(inventory.workloadsSharing(object), selector)
      .filter((workload) => selects(selector, podLabels(workload)) === "yes")
      .map((workload) => Number(workload.root.at("spec", "replicas").text ?? Number.NaN));
    const stuck = (value: string, share: (percent: number) => number) =>
      /^\d+%$/.test(value) && share(Number.parseInt(value, 10)) < room;
    return [
      ...tooTight(most, (value) => value === "0" || stuck(value, (percent) => percent)),
      ...tooTight(
        least,
        (value) => stuck(value, (percent) => 100 - percent) || replicas.some((count) => Number(value) >= count),
      ),
    ];
  },
);

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
    severity: "low",
    levels: off,
    rows: ["E10"],
  },
  ["PodDisruptionBudget"],
  (root, { object }) => {
    const policy = root.at("spec", "unhealthyPodEvictionPolicy");
    return policy.absent && !object.partial
      ? [finding(policy, { problem: "is not set", fix: "write AlwaysAllow" })]
      : [];
  },
);
