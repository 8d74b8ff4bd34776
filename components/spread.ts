import type { types } from "@pulumi/kubernetes";

/** Spreads pods over the values of these labels of nodes, as evenly as may be: where it can't be, they run all the same. */
export function spreadOver(
  keys: readonly string[],
  selector: Record<string, string>,
): types.input.core.v1.TopologySpreadConstraint[] {
  return keys.map((topologyKey) => ({
    topologyKey,
    maxSkew: 1,
    whenUnsatisfiable: "ScheduleAnyway",
    labelSelector: { matchLabels: selector },
  }));
}

/** Over nodes. */
export const hosts = ["kubernetes.io/hostname"];
