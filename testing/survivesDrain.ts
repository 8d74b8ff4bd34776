import type { Field } from "../core/rules/reading/field.ts";
import { counts } from "../core/rules/relations/budgets.ts";
import { replicaCount } from "../core/rules/relations/replicaCount.ts";
import { inventoryOf, objectsOf, workload } from "../render/objects.ts";
import type { Rendered } from "../render/rendered.ts";

/**
 * Whether a drain of one node after the other leaves pods of this workload that answer, and ends: it has at least two,
 * and its disruption budget lets some go, but not all at once.
 *
 * @throws Error that lists the workloads, when it isn't there
 */
export function survivesDrain(rendered: Rendered, name: string): boolean {
  const objects = objectsOf(rendered);
  const inventory = inventoryOf(objects);
  const pods = workload(objects, inventory, name);
  const { least = 0 } = replicaCount(pods, inventory);
  const budgets = objects.filter((one) => one.kind === "PodDisruptionBudget" && counts(one, pods) === "yes");
  const spared = budgets.map(({ root }) => mayGo(root.at("spec"), least));
  return least >= 2 && spared.length === 1 && spared.every((count) => count >= 1 && count < least);
}

/** How many of that many pods a budget lets go at once; a share is rounded up, as Kubernetes does. */
function mayGo(spec: Field, pods: number): number {
  const amount = (field: Field) =>
    field.text?.endsWith("%") ? Math.ceil((Number.parseFloat(field.text) / 100) * pods) : Number(field.text);
  return spec.at("maxUnavailable").absent ? pods - amount(spec.at("minAvailable")) : amount(spec.at("maxUnavailable"));
}
