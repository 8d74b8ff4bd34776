import { restoreShape } from "../backup/shape.ts";
import { memory } from "../check.ts";
import { environmentRef } from "../environment/shape.ts";
import { database, extension, image } from "../names.ts";
import { resources } from "../resources.ts";
import { input, list, map, only, optional } from "../shape.ts";
import type { DatabaseArgs, PostgresArgs } from "./args.ts";

export const postgresShape = only<PostgresArgs>({
  environment: environmentRef,
  image: input(image),
  databases: map(
    database,
    only<DatabaseArgs>({ extensions: optional(list(extension)), restore: optional(restoreShape) }),
  ),
  storage: optional(memory),
  resources,
});
