import { flag, text, whole } from "../check.ts";
import { environmentRef } from "../environment/shape.ts";
import { link } from "../linkShape.ts";
import { command, deadlineSeconds, rollback, user } from "../migration/shape.ts";
import { image, linkVariable, variable, variableValue } from "../names.ts";
import { resources } from "../resources.ts";
import { secretValues } from "../secrets/shape.ts";
import { input, list, map, only, optional, type Shape } from "../shape.ts";
import type { MigrateArgs, ReplicatedArgs, ScaleArgs, ShutdownArgs, WorkloadArgs } from "./args.ts";

const replicas = optional(whole(1, 1000));

export const workload: Shape<WorkloadArgs> = {
  environment: environmentRef,
  image: input(image),
  command: optional(list(text(4096))),
  variables: optional(map(variable, input(variableValue))),
  secrets: optional(secretValues),
  links: optional(map(linkVariable, link)),
  pools: optional(map(linkVariable, whole(1, 10_000))),
  featureFlags: optional(map(text(253), flag)),
  resources,
  user,
};

export const replicated: Shape<ReplicatedArgs> = {
  ...workload,
  migrate: optional(only<MigrateArgs>({ command, rollback, deadlineSeconds })),
  scale: optional(only<ScaleArgs>({ min: replicas, max: replicas, cpuPercent: optional(whole(1, 100)) })),
  shutdown: optional(
    only<ShutdownArgs>({ preStopSeconds: optional(whole(0, 600)), drainSeconds: optional(whole(1, 3600)) }),
  ),
  minReadySeconds: optional(whole(0, 3599)),
  progressDeadlineSeconds: optional(whole(10, 3600)),
};
