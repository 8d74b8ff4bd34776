import type * as pulumi from "@pulumi/pulumi";
import type { ResourcesArgs } from "../../resources.ts";

/**
 * PgBouncer before a server in the cluster: `pooled` are links through it. Roles, migrations and whatever holds a lock or a setting
 * go around it, to the server itself.
 */
export interface PostgresPoolerArgs {
  /**
   * An image that holds PgBouncer 1.21 or later, before one server also 1.18 with `sh` and `sed`, which keeps no track of prepared
   * statements: drivers then do without in `transaction`. A reference with its digest.
   */
  image: pulumi.Input<string>;
  /**
   * For how long an app keeps one of the server's connections: `transaction`, in which nothing of a session outlives its
   * transaction (`SET`, `LISTEN`, session advisory locks, temporary tables), or `session`.
   * @default "transaction"
   * @see https://www.pgbouncer.org/features.html
   */
  mode?: string;
  /**
   * Connections that each PgBouncer opens at most to each database, 1–1000: what they come to counts against `connections`.
   * @default 20
   */
  size?: number;
  /**
   * Connections of apps that each PgBouncer takes, 10–20000.
   * @default 1000
   */
  clients?: number;
  /**
   * How many of them there are, 1–10; from staging on, two at least.
   * @default 1 in dev and review, 2 in staging and production
   */
  instances?: number;
  /**
   * What each asks for.
   * @default cpu 50m, memory 64Mi
   */
  resources?: ResourcesArgs;
  /**
   * More of PgBouncer's settings by their names, such as `{ query_wait_timeout: "30" }`. Those that keep it closed and encrypted, and what
   * another argument says, can't be given.
   * @default none
   * @see https://www.pgbouncer.org/config.html
   */
  parameters?: { [name: string]: string };
}
