import * as k8s from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";
import type { Member } from "../environment/member.ts";
import { autoscalerSpec } from "./autoscaler.ts";
import { disruptionBudgetSpec } from "./disruptionBudget.ts";
import { overridden, type ReplicaOverrides } from "./overridden.ts";
import type { ReplicaSettings } from "./settings.ts";

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
    const spec = overridden(autoscalerSpec(name, own), overrides.autoscaler);
    new k8s.autoscaling.v2.HorizontalPodAutoscaler(`${name}-autoscaler`, { metadata, spec }, opts);
  }
  const spec = overridden(disruptionBudgetSpec(me), overrides.disruption);
  new k8s.policy.v1.PodDisruptionBudget(`${name}-disruption`, { metadata, spec }, opts);
}
