import type { types } from "@pulumi/kubernetes";

/** A change of one child's final arguments: given them, it returns what to declare instead. */
export type Override<Spec> = (spec: Spec) => Spec;

/**
 * The way out where the arguments do not reach: one function for each child. It escapes Palier's opinions, never its
 * rules, which judge the result.
 */
export interface ReplicaOverrides {
  deployment?: Override<types.input.apps.v1.DeploymentSpec>;
  autoscaler?: Override<types.input.autoscaling.v2.HorizontalPodAutoscalerSpec>;
  disruption?: Override<types.input.policy.v1.PodDisruptionBudgetSpec>;
}

export function overridden<Spec>(spec: Spec, override?: Override<Spec>): Spec {
  return override ? override(copy(spec)) : spec;
}

/** A copy to change freely: the original may be shared, and outputs in it can't be cloned, only kept. */
function copy<T>(value: T): T {
  if (Array.isArray(value)) return value.map(copy) as T;
  if (value === null || typeof value !== "object" || Object.getPrototypeOf(value) !== Object.prototype) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, copy(inner)])) as T;
}
