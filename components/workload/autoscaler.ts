import type { types } from "@pulumi/kubernetes";
import type { ReplicaSettings } from "./settings.ts";

type Metric = types.input.autoscaling.v2.MetricSpec;

/** The kind of what it counts the pods of. */
export interface Scaled {
  apiVersion: string;
  kind: string;
}

/** As the Prometheus adapter names the rate of the counter `http_requests_total`. */
const requestRate = "http_requests_per_second";

/** Adds replicas at once and takes them away slowly: a dip in load is no reason to be short a minute later. */
export function autoscalerSpec(
  name: string,
  { scale }: ReplicaSettings,
  target: Scaled = { apiVersion: "apps/v1", kind: "Deployment" },
): types.input.autoscaling.v2.HorizontalPodAutoscalerSpec {
  return {
    scaleTargetRef: { ...target, name },
    minReplicas: scale.min,
    maxReplicas: scale.max,
    metrics: metrics(scale),
    behavior: {
      scaleUp: { stabilizationWindowSeconds: scale.upSeconds },
      scaleDown: { stabilizationWindowSeconds: scale.downSeconds },
    },
  };
}

/** The autoscaler goes by the one that asks for most replicas. */
function metrics({ cpuPercent, memoryPercent, requestsPerSecond, queue }: ReplicaSettings["scale"]): Metric[] {
  const share = (name: string, averageUtilization: number): Metric => ({
    type: "Resource",
    resource: { name, target: { type: "Utilization", averageUtilization } },
  });
  const each = (count: number) => ({ type: "AverageValue", averageValue: String(count) });
  const selector = queue?.labels && { matchLabels: queue.labels };
  return [
    share("cpu", cpuPercent),
    ...(memoryPercent === undefined ? [] : [share("memory", memoryPercent)]),
    ...(requestsPerSecond === undefined
      ? []
      : [{ type: "Pods", pods: { metric: { name: requestRate }, target: each(requestsPerSecond) } }]),
    ...(queue === undefined
      ? []
      : [{ type: "External", external: { metric: { name: queue.metric, selector }, target: each(queue.perReplica) } }]),
  ];
}
