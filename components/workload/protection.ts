import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import type { Member } from "../environment/member.ts";
import { autoscalerSpec, type Scaled } from "./autoscaler.ts";
import { disruptionBudgetSpec } from "./disruptionBudget.ts";
import { overridden, type ReplicaOverrides } from "./overridden.ts";
import type { ReplicaSettings } from "./settings.ts";

const onMemory =
  "memory is seldom given back, so replicas that came seldom go; it does not keep a container from being killed at its limit, and it oscillates beside a VerticalPodAutoscaler, which moves what it is a share of. cpuPercent and requestsPerSecond follow the load";

/** What keeps enough replicas running: more of them under load. */
export function declareAutoscaler(
  me: Member,
  own: ReplicaSettings,
  override: ReplicaOverrides["autoscaler"],
  opts: pulumi.CustomResourceOptions,
  target?: Scaled,
): void {
  if (own.scale.max <= own.scale.min) return;
  const { name } = me;
  if (own.scale.memoryPercent !== undefined) pulumi.log.warn(`${name}: scale.memoryPercent: ${onMemory}`);
  const spec = overridden(autoscalerSpec(name, own, target), override);
  new k8s.autoscaling.v2.HorizontalPodAutoscaler(`${name}-autoscaler`, { metadata: me.metadata(name), spec }, opts);
}

/** And while nodes are drained. */
export function declareDisruption(
  me: Member,
  override: ReplicaOverrides["disruption"],
  opts: pulumi.CustomResourceOptions,
): void {
  const { name } = me;
  const spec = overridden(disruptionBudgetSpec(me), override);
  new k8s.policy.v1.PodDisruptionBudget(`${name}-disruption`, { metadata: me.metadata(name), spec }, opts);
}
