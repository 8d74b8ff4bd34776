import { replicaArguments } from "../workload/asArguments.ts";
import type { WorkerProcessArgs } from "./args.ts";
import type { WorkerSettings } from "./deployment.ts";
import { withinSeconds } from "./probes.ts";

/** What a worker comes to, by its arguments' own names. */
export function workerArguments(args: WorkerProcessArgs, own: WorkerSettings): object {
  const { drainSeconds, startSeconds } = own;
  const heartbeat = args.health?.heartbeat && { withinSeconds: withinSeconds(args.health.heartbeat) };
  return { ...replicaArguments(args, own), drainSeconds, health: { startSeconds, heartbeat } };
}
