import { ArgumentError, below } from "../argument.ts";
import { type Check, pattern, text, whole } from "../check.ts";
import { all, list, only, optional, type Shape } from "../shape.ts";
import type { ScaleArgs } from "../workload/args.ts";
import { migrate, process, replicated, workload } from "../workload/shape.ts";
import type { HeartbeatArgs, WorkerArgs, WorkerHealthArgs, WorkerProcessArgs } from "./args.ts";

const command = optional(list(text(4096), 1));

const oneWay: Check = (path, value) => {
  const { live, heartbeat } = value as WorkerHealthArgs;
  if (live !== undefined && heartbeat !== undefined) {
    throw new ArgumentError(
      path,
      "live and heartbeat exclude each other: a container has one liveness probe; give one",
    );
  }
};

/** The pods of a worker are sent none. */
const noRequests: Check = (path, value) => {
  const { requestsPerSecond } = (value ?? {}) as ScaleArgs;
  if (requestsPerSecond === undefined) return;
  throw new ArgumentError(below(path, "requestsPerSecond"), "a worker is sent no requests; give queue, or cpuPercent");
};

const heartbeat = only<HeartbeatArgs>({
  file: pattern(/^(\/[-\w.]+)+$/, "an absolute path of letters, digits, dots, dashes and underscores"),
  withinSeconds: optional(whole(2, 3600)),
});

export const workerProcess: Shape<WorkerProcessArgs> = {
  ...process,
  ...replicated,
  scale: all(replicated.scale, noRequests),
  health: optional(
    all(
      only<WorkerHealthArgs>({
        live: command,
        heartbeat: optional(heartbeat),
        ready: command,
        startSeconds: optional(whole(1, 3600)),
      }),
      oneWay,
    ),
  ),
  drainSeconds: optional(whole(1, 3600)),
  metricsPort: optional(whole(1024, 65535)),
};

export const workerShape = only<WorkerArgs>({ ...workload, ...workerProcess, migrate });
