import { flag, oneOf, pattern, text, whole } from "../check.ts";
import { environmentRef } from "../environment/shape.ts";
import { link } from "../linkShape.ts";
import { command, deadlineSeconds, pauseSeconds, phase, rollback, schema, user } from "../migration/shape.ts";
import { oneWayToRun, toolNames } from "../migration/tools.ts";
import { image, labelKey, linkVariable, objectName, variable, variableValue } from "../names.ts";
import { resources } from "../resources.ts";
import { secretValues } from "../secrets/shape.ts";
import { all, input, list, map, only, optional, type Shape } from "../shape.ts";
import type { ExistingArgs, MigrateArgs, ProcessArgs, ReplicatedArgs, WorkloadArgs } from "./args.ts";
import type { FlagShareArgs } from "./flagArgs.ts";
import { scaleShape } from "./scaleShape.ts";
import { sizes } from "./settings.ts";
import { writablePaths } from "./writable.ts";

export const process: Shape<ProcessArgs> = {
  variables: optional(map(variable, input(variableValue))),
  size: optional(oneOf(Object.keys(sizes))),
  resources,
  writablePaths,
};

const share = only<FlagShareArgs>({ percent: optional(whole(0, 100)), keys: optional(list(text(253), 1)) });

export const workload: Shape<WorkloadArgs> = {
  environment: environmentRef,
  image: input(image),
  command: optional(list(text(4096))),
  ...process,
  secrets: optional(secretValues),
  links: optional(map(linkVariable, link)),
  pools: optional(map(linkVariable, whole(1, 10_000))),
  schema,
  featureFlags: optional(map(text(253), flag)),
  flagShares: optional(map(text(253), share)),
  existing: optional(
    only<ExistingArgs>({
      serviceAccount: optional(objectName),
      configMaps: optional(list(objectName)),
      secrets: optional(list(objectName)),
    }),
  ),
  user,
};

export const replicated: Shape<ReplicatedArgs> = {
  scale: optional(scaleShape),
  spread: optional(list(labelKey)),
  minReadySeconds: optional(whole(0, 3599)),
  progressDeadlineSeconds: optional(whole(10, 3600)),
};

export const migrate = optional(
  all(
    only<MigrateArgs>({
      command: optional(command),
      tool: optional(oneOf(toolNames)),
      file: optional(pattern(/^[-\w./]{1,200}$/, "a path of letters, digits, dots, dashes and underscores")),
      rollback,
      phase,
      needs: schema,
      deadlineSeconds,
      pause: optional(list(text(40), 1)),
      pauseSeconds,
    }),
    oneWayToRun,
  ),
);
