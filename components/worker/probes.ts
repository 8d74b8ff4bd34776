import type { types } from "@pulumi/kubernetes";
import type { Process } from "../workload/pod.ts";
import { startupProbe } from "../workload/startup.ts";
import type { HeartbeatArgs, WorkerHealthArgs } from "./args.ts";

type Probe = types.input.core.v1.Probe;

/** Commands stand in for the ports that a worker does not have. */
export function workerProbes(
  { live, heartbeat, ready }: WorkerHealthArgs,
  startSeconds: number,
): Pick<Process, "startupProbe" | "readinessProbe" | "livenessProbe"> {
  const alive = live ?? (heartbeat && touched(heartbeat));
  return {
    startupProbe: alive && startupProbe(run(alive), startSeconds),
    readinessProbe: ready && { ...run(ready), periodSeconds: 5, failureThreshold: 2 },
    livenessProbe: alive && { ...run(alive), periodSeconds: 10, failureThreshold: 3 },
  };
}

function run(command: string[]): Probe {
  return { exec: { command }, timeoutSeconds: 5 };
}

function touched(heartbeat: HeartbeatArgs): string[] {
  const age = `$(($(date +%s) - $(stat -c %Y ${heartbeat.file})))`;
  return ["sh", "-c", `[ ${age} -le ${withinSeconds(heartbeat)} ]`];
}

/** The age up to which its file tells that it is alive. */
export function withinSeconds({ withinSeconds = 60 }: HeartbeatArgs): number {
  return withinSeconds;
}
