import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import type { Member } from "../environment/member.ts";
import { autoscalerSpec } from "./autoscaler.ts";
import { disruptionBudgetSpec } from "./disruptionBudget.ts";
import { overridden, type ReplicaOverrides } from "./overridden.ts";
import type { ReplicaSettings } from "./settings.ts";

const onMemory =
  "memory is seldom given back, so replicas that came seldom go; it does not keep a container from being killed at its limit, and it oscillates beside a VerticalPodAutoscaler, which moves what it is a share of. cpuPercent and requestsPerSecond follow the load";

/** What keeps enough replicas running: under load, and while nodes are drained. */
export function declareProtection(
  me: Member,
  own: ReplicaSettings,
  overrides: ReplicaOverrides,
  opts: pulumi.CustomResourceOptions,
): void {
  const { name } = me;
  const metadata = me.metadata(name);
  if (own.scale.max > own.scale.min) {
    if (own.scale.memoryPercent !== undefined) pulumi.log.warn(`${name}: scale.memoryPercent: ${onMemory}`);
    const spec = overridden(autoscalerSpec(name, own), overrides.autoscaler);
    new k8s.autoscaling.v2.HorizontalPodAutoscaler(`${name}-autoscaler`, { metadata, spec }, opts);
  }
  const spec = overridden(disruptionBudgetSpec(me), overrides.disruption);
  new k8s.policy.v1.PodDisruptionBudget(`${name}-disruption`, { metadata, spec }, opts);
}
