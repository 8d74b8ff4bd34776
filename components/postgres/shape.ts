import { ArgumentError } from "../argument.ts";
import { restoreShape } from "../backup/shape.ts";
import { type Check, memory, pattern, text, whole } from "../check.ts";
import { environmentRef } from "../environment/shape.ts";
import { database, extension, image } from "../names.ts";
import { resources } from "../resources.ts";
import { input, list, map, only, optional } from "../shape.ts";
import type { DatabaseArgs, PostgresArgs } from "./args.ts";
import { fixed, paths } from "./settings.ts";

const spelled = pattern(
  /^[a-z][a-z0-9_]{0,62}(\.[a-z][a-z0-9_]{0,62})?$/,
  "the name of a parameter such as work_mem or pg_stat_statements.track",
);

/** What decides who gets in, where the server listens and keeps its files, and what another argument says. */
const kept = new Map<string, string>([
  ...Object.keys(fixed).map((name) => [name, "it keeps the server closed and encrypted"] as const),
  ...["listen_addresses", "port", "unix_socket_directories"].map((name) => [name, "links count on it"] as const),
  ...["data_directory", "config_file", "ident_file"].map((name) => [name, `its files are in ${paths.data}`] as const),
  ["max_connections", "connections says it"],
  ["fsync", "what was acknowledged would be lost"],
  ["full_page_writes", "what was acknowledged would be lost"],
]);

const parameter: Check = (path, value) => {
  spelled(path, value);
  const why = kept.get(value as string);
  if (why !== undefined) throw new ArgumentError(path, `"${value}" can't be given: ${why}`);
};

export const postgresShape = only<PostgresArgs>({
  environment: environmentRef,
  image: input(image),
  databases: map(
    database,
    only<DatabaseArgs>({ extensions: optional(list(extension)), restore: optional(restoreShape) }),
  ),
  storage: optional(memory),
  resources,
  connections: optional(whole(10, 10_000)),
  parameters: optional(map(parameter, text(1000))),
});
