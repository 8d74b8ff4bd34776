import { ArgumentError } from "../../argument.ts";
import { type Check, oneOf, pattern, text, whole } from "../../check.ts";
import { image } from "../../names.ts";
import { resources } from "../../resources.ts";
import { all, input, map, only, optional } from "../../shape.ts";
import type { PostgresPoolerArgs } from "./args.ts";

export const modes = ["transaction", "session"] as const;

const spelled = pattern(/^[a-z][a-z0-9_]{0,62}$/, "the name of a setting of PgBouncer's such as query_wait_timeout");

/** What decides who gets in and where it leads to, and what another argument says. */
const kept: readonly (readonly [of: RegExp, why: string])[] = [
  [/^(auth_.+|client_tls_.+|server_tls_.+|admin_users|stats_users)$/, "it keeps the pooler closed and encrypted"],
  [/^(listen_.+|unix_socket_.+|logfile|pidfile|conffile|user|so_reuseport)$/, "links count on it"],
  [/^pool_mode$/, "mode says it"],
  [/^(default_pool_size|max_db_connections|reserve_pool_size)$/, "size says it"],
  [/^max_client_conn$/, "clients says it"],
];

const parameter: Check = (path, value) => {
  spelled(path, value);
  const found = kept.find(([of]) => of.test(value as string));
  if (found) throw new ArgumentError(path, `"${value}" can't be given: ${found[1]}`);
};

export const poolerShape = only<PostgresPoolerArgs>({
  image: input(image),
  mode: optional(oneOf(modes)),
  size: optional(whole(1, 1000)),
  clients: optional(whole(10, 20_000)),
  instances: optional(whole(1, 10)),
  resources,
  // One line of PgBouncer's settings.
  parameters: optional(map(parameter, all(text(1000), pattern(/^[^\r\n]*$/, "text of one line")))),
});
