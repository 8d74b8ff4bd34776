import { ArgumentError, below, kindOf, wrong } from "../argument.ts";
import { restoreShape } from "../backup/shape.ts";
import { type Check, cidr, memory, pattern, text, whole } from "../check.ts";
import { environmentRef } from "../environment/shape.ts";
import { secretKey } from "../linkShape.ts";
import { database, extension, image, loginName } from "../names.ts";
import { host } from "../outside/shape.ts";
import { resources } from "../resources.ts";
import { all, input, list, map, only, optional } from "../shape.ts";
import type { DatabaseArgs, PostgresArgs, PostgresExternalArgs } from "./args.ts";
import { asCluster, clusterShape } from "./cluster/shape.ts";
import { poolerShape } from "./pooler/shape.ts";
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

/** What is given in their place may be a key, and so is not shown. */
const certificates: Check = (path, value) => {
  if (
    typeof value === "string" &&
    /^\s*(-----BEGIN CERTIFICATE-----[\w+/=\s]+-----END CERTIFICATE-----\s*)+$/.test(value)
  )
    return;
  const given = typeof value === "string" ? "this text" : kindOf(value);
  throw wrong(path, given, "certificates in PEM: -----BEGIN CERTIFICATE-----…, and no key");
};

const external = only<PostgresExternalArgs>({
  host,
  port: optional(whole(1, 65535)),
  cidrs: optional(list(cidr, 1)),
  administrator: loginName,
  password: secretKey,
  authority: input(certificates),
  maintenance: optional(database),
  replica: optional(host),
});

/** What only whoever runs a server may say of it. */
const either: Check = (path, value) => {
  const { external, databases, ...args } = value as PostgresArgs;
  if (!external) return;
  for (const name of ["storage", "resources", "connections", "parameters"] as const) {
    if (args[name] === undefined) continue;
    throw new ArgumentError(below(path, name), "can't be given with external: whoever runs that server says it");
  }
  const restored = Object.keys(databases).find((name) => databases[name]?.restore);
  if (restored === undefined) return;
  const at = below(below(below(path, "databases"), restored), "restore");
  throw new ArgumentError(at, "can't be given with external: restore it there, by its own people's means");
};

const own = only<PostgresArgs>({
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
  external: optional(external),
  cluster: optional(clusterShape),
  pooler: optional(poolerShape),
});

/** Nothing of Palier's stands before a server that somebody else runs. */
const poolable: Check = (path, value) => {
  const { pooler, cluster, external, databases } = value as PostgresArgs;
  if (pooler && Object.keys(databases).length === 0) {
    throw new ArgumentError(below(path, "pooler"), "leads to no database; name one in databases");
  }
  if (!pooler || !external || cluster) return;
  throw new ArgumentError(below(path, "pooler"), "can't be given with external: whoever runs that server has one");
};

export const postgresShape = all(own, either, asCluster, poolable);
