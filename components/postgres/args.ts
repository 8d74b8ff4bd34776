import type * as pulumi from "@pulumi/pulumi";
import type { RestoreArgs } from "../backup/args.ts";
import type { EnvironmentRef } from "../environment/args.ts";
import type { SecretKey } from "../link.ts";
import type { ResourcesArgs } from "../resources.ts";
import type { PostgresClusterArgs } from "./cluster/args.ts";
import type { PostgresPoolerArgs } from "./pooler/args.ts";

export interface DatabaseArgs {
  /**
   * Extensions the database must have, such as `postgis`; the image must bring them.
   * @default none
   */
  extensions?: string[];
  /**
   * What a new database begins with: a backup, restored before any app links to it. It is refused over tables that are
   * there already; once done it stays done.
   * @default nothing
   */
  restore?: RestoreArgs;
}

/** A Postgres that somebody else runs: Supabase, Neon, Clever Cloud, Fly, RDS. */
export interface PostgresExternalArgs {
  /** Its DNS name, by which its certificate is verified: the server itself, no pooler before it that shares connections. */
  host: string;
  /**
   * Port it listens on, 1–65535.
   * @default the usual one, 5432
   */
  port?: number;
  /**
   * Ranges of IP addresses it answers at, each of /8 at the widest.
   * @default every public address; of a host that is an address, that one
   */
  cidrs?: string[];
  /** Who may make roles and databases there (`CREATEROLE`, `CREATEDB`): `postgres`, or what its people say. */
  administrator: string;
  /** Where that one's password stands. */
  password: SecretKey;
  /** Certificates of the authority that signed its own, in PEM, as its people publish them: no other is trusted. */
  authority: pulumi.Input<string>;
  /**
   * Database that the administrator connects to first.
   * @default the usual one: "postgres"
   */
  maintenance?: string;
  /**
   * DNS name of a replica, or of what leads to several, on the same port and among `cidrs`: `replicas` are links to it, which only
   * read. What was just written may not be there yet.
   * @default none
   */
  replica?: string;
}

export interface PostgresArgs {
  /** Where it runs. */
  environment: EnvironmentRef;
  /** An image that keeps the contract of the official `postgres` image, version 15 or later; a reference with its digest. */
  image: pulumi.Input<string>;
  /** Databases by name: lower-case letters, digits and underscores, 1–57 characters. A database is never dropped. */
  databases: { [name: string]: DatabaseArgs };
  /**
   * A Postgres that runs elsewhere, in place of one in the cluster: roles, grants and databases are made in it, links keep their
   * names, and `image` is what its clients are taken from. Its size, parameters and backups are its own people's.
   * @default none
   */
  external?: PostgresExternalArgs;
  /**
   * Several servers instead of one, by the operator CloudNativePG, which must be in the cluster: replicas, failover within seconds, and any
   * moment back. `image` is then one of the operator's, with the version as its tag and its digest.
   * @default none
   */
  cluster?: PostgresClusterArgs;
  /**
   * PgBouncer before the server: `pooled` are links through it.
   * @default none
   */
  pooler?: PostgresPoolerArgs;
  /**
   * Size of the volume, a Kubernetes quantity of 1Mi–1024Ti. It can't shrink.
   * @default 1Gi in dev and review, 5Gi in staging, 20Gi in production
   */
  storage?: string;
  /**
   * What the instance asks for.
   * @default cpu 50m and memory 256Mi in dev and review, 100m and 512Mi in staging, 500m and 2Gi in production
   */
  resources?: ResourcesArgs;
  /**
   * Connections that it takes at most, 10–10000; more than the memory has room for are refused.
   * @default 100; fewer with less than 200Mi of memory
   */
  connections?: number;
  /**
   * Parameters of the server by their names, in place of those that are derived from memory and storage, or beside them:
   * `{ work_mem: "16MB" }`. Those that keep it closed and encrypted can't be given.
   * @default what `docs/postgres.md` says of each
   * @see https://www.postgresql.org/docs/current/runtime-config.html
   */
  parameters?: { [name: string]: string };
}
