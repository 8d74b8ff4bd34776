import type * as k8s from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";
import { declareDeployment } from "./deployment.ts";
import type { Given } from "./given.ts";
import type { ReplicaOverrides } from "./overridden.ts";
import type { Process } from "./pod.ts";
import { declareAutoscaler, declareDisruption } from "./protection.ts";
import type { ReplicaSettings } from "./settings.ts";

/** A process in its replicas, and what keeps enough of them running. */
export function declareReplicas(
  given: Given,
  settings: ReplicaSettings,
  process: Process,
  overrides: ReplicaOverrides,
  opts: pulumi.CustomResourceOptions,
): k8s.apps.v1.Deployment {
  const deployment = declareDeployment({ ...given, settings }, process, given.ready, overrides.deployment, opts);
  const after = { ...opts, dependsOn: deployment };
  declareAutoscaler(given.me, settings, overrides.autoscaler, after);
  declareDisruption(given.me, overrides.disruption, after);
  return deployment;
}
