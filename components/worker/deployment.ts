import type * as k8s from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";
import type { Member } from "../environment/member.ts";
import type { Given } from "../workload/given.ts";
import type { ReplicaOverrides } from "../workload/overridden.ts";
import { declareReplicas } from "../workload/replicas.ts";
import { type ReplicaSettings, replicaSettings } from "../workload/settings.ts";
import { startSeconds } from "../workload/startup.ts";
import type { WorkerProcessArgs } from "./args.ts";
import { workerProbes } from "./probes.ts";

export interface WorkerSettings extends ReplicaSettings {
  startSeconds: number;
}

/** @param path The worker as errors name it. */
export function workerSettings(path: string, args: WorkerProcessArgs, me: Member): WorkerSettings {
  // Nobody sends it anything, so there is no address to wait for.
  const own = replicaSettings(path, args, me, { preStopSeconds: 0, drainSeconds: args.drainSeconds ?? 30 });
  return { ...own, startSeconds: startSeconds(path, args.health?.startSeconds, own) };
}

/** A process in the background, in its replicas. */
export function declareWorker(
  given: Given,
  args: WorkerProcessArgs,
  settings: WorkerSettings,
  overrides: ReplicaOverrides,
  opts: pulumi.CustomResourceOptions,
): k8s.apps.v1.Deployment {
  const { metricsPort, health = {} } = args;
  const process = {
    ports: metricsPort === undefined ? undefined : [{ name: "metrics", containerPort: metricsPort }],
    ...workerProbes(health, settings.startSeconds),
  };
  return declareReplicas(given, settings, process, overrides, opts);
}
