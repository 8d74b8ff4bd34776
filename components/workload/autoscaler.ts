import type { types } from "@pulumi/kubernetes";
import type { ReplicaSettings } from "./settings.ts";

/** Adds replicas at once and takes them away slowly: a dip in load is no reason to be short a minute later. */
export function autoscalerSpec(
  name: string,
  { scale }: ReplicaSettings,
): types.input.autoscaling.v2.HorizontalPodAutoscalerSpec {
  return {
    scaleTargetRef: { apiVersion: "apps/v1", kind: "Deployment", name },
    minReplicas: scale.min,
    maxReplicas: scale.max,
    metrics: [
      {
        type: "Resource",
        resource: { name: "cpu", target: { type: "Utilization", averageUtilization: scale.cpuPercent } },
      },
    ],
    behavior: { scaleDown: { stabilizationWindowSeconds: 300 } },
  };
}
