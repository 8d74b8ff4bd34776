import { name, oneOf, text, whole } from "../check.ts";
import { environmentRef } from "../environment/shape.ts";
import { configMapKey, secretKey } from "../linkShape.ts";
import { image, linkVariable, objectName, variable, variableValue } from "../names.ts";
import { input, list, map, only, optional } from "../shape.ts";
import type { MigrationArgs, PauseArgs } from "./args.ts";

export const command = list(text(4096), 1);

export const rollback = optional(text(1024));

export const phase = optional(oneOf(["expand", "contract"]));

export const schema = optional(whole(1, 1_000_000_000));

export const deadlineSeconds = optional(whole(1, 3600));

export const user = optional(whole(1, 65535));

export const pauseSeconds = optional(whole(1, 3600));

export const migrationShape = only<MigrationArgs>({
  environment: environmentRef,
  app: name(40),
  image: input(image),
  command,
  rollback,
  phase,
  needs: schema,
  variables: map(variable, input(variableValue)),
  secrets: map(variable, secretKey),
  authorities: map(linkVariable, configMapKey),
  deadlineSeconds,
  pause: optional(
    only<PauseArgs>({
      deployments: optional(list(objectName)),
      cronJobs: optional(list(objectName)),
      seconds: pauseSeconds,
    }),
  ),
  user,
  after: input(text(1000)),
});
