import { name, pattern, whole } from "../check.ts";
import { edgeShape } from "../edge/shape.ts";
import { command } from "../migration/shape.ts";
import { rolloutShape } from "../rollout/shape.ts";
import { map, only, optional } from "../shape.ts";
import { slo } from "../slo/shape.ts";
import { taskProcess } from "../task/shape.ts";
import { workerProcess } from "../worker/shape.ts";
import { migrate, replicated, workload } from "../workload/shape.ts";
import type { AppArgs, AppTaskArgs, AppWorkerArgs, HealthArgs, HookArgs, ShutdownArgs } from "./args.ts";

const path = optional(pattern(/^\/\S{0,1023}$/, "a path that begins with /"));

const seconds = optional(whole(1, 3600));

export const appShape = only<AppArgs>({
  ...workload,
  ...replicated,
  migrate,
  shutdown: optional(
    only<ShutdownArgs>({ preStopSeconds: optional(whole(0, 600)), drainSeconds: seconds, webSocketSeconds: seconds }),
  ),
  port: optional(whole(1024, 65535)),
  health: optional(only<HealthArgs>({ live: path, start: path, startSeconds: seconds, ready: path, verify: path })),
  edge: optional(edgeShape),
  rollout: rolloutShape,
  slo,
  nodePort: optional(whole(1, 65535)),
  workers: optional(map(name(38), only<AppWorkerArgs>({ ...workerProcess, command }))),
  afterRelease: optional(
    map(name(38), only<HookArgs>({ command, deadlineSeconds: seconds, retries: optional(whole(0, 10)) })),
  ),
  tasks: optional(map(name(38), only<AppTaskArgs>({ ...taskProcess, command }))),
});
