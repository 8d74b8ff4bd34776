import * as k8s from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";
import { afterAnnotation } from "../../core/labels.ts";
import { refuseBad } from "../refuse.ts";
import { spreadOver } from "../spread.ts";
import { type Override, overridden } from "./overridden.ts";
import { type Process, podLabels, podSpec, type Workload } from "./pod.ts";
import type { ReplicaSettings } from "./settings.ts";

type DeploymentSpec = k8s.types.input.apps.v1.DeploymentSpec;

/** Share of the pods that a rollout makes at a time. */
const surge = 0.25;

/** How long a rollout may take that is not stuck: so many times it waits for new pods to have been ready long enough. */
export function rolloutSeconds({
  scale,
  minReadySeconds,
  progressDeadlineSeconds,
}: Pick<ReplicaSettings, "scale" | "minReadySeconds" | "progressDeadlineSeconds">): number {
  const waves = Math.ceil(scale.max / Math.ceil(scale.max * surge));
  return progressDeadlineSeconds + waves * minReadySeconds + 30;
}

/** A rollout never has fewer pods that answer than before it. */
export function deploymentSpec(workload: Workload<ReplicaSettings>, process: Process): DeploymentSpec {
  const { me, settings } = workload;
  return {
    replicas: settings.scale.min,
    revisionHistoryLimit: 5,
    minReadySeconds: settings.minReadySeconds,
    progressDeadlineSeconds: settings.progressDeadlineSeconds,
    selector: { matchLabels: me.selector },
    strategy: { type: "RollingUpdate", rollingUpdate: { maxUnavailable: 0, maxSurge: `${surge * 100}%` } },
    template: { metadata: { labels: podLabels(workload) }, spec: replicaSpec(workload, process) },
  };
}

/** A pod's time to end covers both waits, with a little to spare for the process to go. */
export function endSeconds({ preStopSeconds, drainSeconds }: ReplicaSettings): number {
  return preStopSeconds + drainSeconds + 5;
}

function replicaSpec(workload: Workload<ReplicaSettings>, process: Process): k8s.types.input.core.v1.PodSpec {
  const { preStopSeconds, spread } = workload.settings;
  const lifecycle = preStopSeconds > 0 ? { preStop: { sleep: { seconds: preStopSeconds } } } : undefined;
  return {
    ...podSpec(workload, { ...process, lifecycle }),
    terminationGracePeriodSeconds: endSeconds(workload.settings),
    topologySpreadConstraints: spreadOver(spread, workload.me.selector),
  };
}

/** @param migrated Known when it may start. */
export function declareDeployment(
  workload: Workload<ReplicaSettings>,
  process: Process,
  migrated: pulumi.Output<string>,
  override: Override<DeploymentSpec> | undefined,
  opts: pulumi.CustomResourceOptions,
): k8s.apps.v1.Deployment {
  const { me, settings } = workload;
  const timeout = `${rolloutSeconds(settings)}s`;
  const spec = overridden(deploymentSpec(workload, process), override);
  const scales = settings.scale.max > settings.scale.min;
  // Where no autoscaler is left, the count it has set is taken back: without force the API server calls that a conflict.
  const takesOver: Record<string, string> = scales ? {} : { "pulumi.com/patchForce": "true" };
  const metadata = { ...me.metadata(me.name), annotations: { [afterAnnotation]: migrated, ...takesOver } };
  const variables = { metadata: { name: workload.variables }, data: workload.wiring.variables };
  refuseBad(me, [
    { kind: "Deployment", args: { metadata, spec } },
    { kind: "ConfigMap", args: variables },
  ]);
  return new k8s.apps.v1.Deployment(
    me.name,
    { metadata, spec },
    {
      ...opts,
      customTimeouts: { create: timeout, update: timeout },
      // The autoscaler's own count stands: the declared one would undo it at every update.
      ignoreChanges: scales ? ["spec.replicas"] : (opts.ignoreChanges ?? []),
    },
  );
}
