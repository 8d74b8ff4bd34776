import type { types } from "@pulumi/kubernetes";
import type { Member } from "../environment/member.ts";

/** One pod at a time may be moved away. A pod that is not ready serves nobody, so it never holds a drain up. */
export function disruptionBudgetSpec({ selector }: Member): types.input.policy.v1.PodDisruptionBudgetSpec {
  return {
    maxUnavailable: 1,
    selector: { matchLabels: selector },
    unhealthyPodEvictionPolicy: "AlwaysAllow",
  };
}
