import type * as pulumi from "@pulumi/pulumi";
import type { EnvironmentRef } from "./environment/args.ts";

/** A key of a Secret. */
export interface SecretKey {
  /** Name of the Secret, in the namespace of the environment. */
  name: pulumi.Input<string>;
  /** Key in the Secret. */
  key: string;
}

/** A key of a ConfigMap. */
export interface ConfigMapKey {
  /** Name of the ConfigMap, in the namespace of the environment. */
  name: pulumi.Input<string>;
  /** Key in the ConfigMap. */
  key: string;
}

/** What a Postgres server tells an app, which then gets roles of its own in one of its databases. */
export interface PostgresLink {
  /** Database the app works in. */
  database: string;
  /** Password of the administrator, by whom the link's roles are made and granted. */
  admin: SecretKey;
  /**
   * Name of the administrator; of a server that somebody else runs, one who may make roles and databases (`CREATEROLE CREATEDB`).
   * @default the superuser of a server in the cluster: "postgres"
   */
  administrator?: string;
  /**
   * Database that the administrator connects to first.
   * @default the usual one: "postgres"
   */
  maintenance?: string;
  /** Certificate of the authority that signed the server's, in PEM: clients verify it. */
  authority: ConfigMapKey;
  /** Image that holds `psql`, a reference with its digest. */
  image: pulumi.Input<string>;
  /** Extensions the database must have. */
  extensions: string[];
  /**
   * Whether the app itself acts as the owner of its tables: for programs of others, such as Keycloak, that change their schema as
   * they start. An app of one's own does that in `migrate`, and may then only read and write rows.
   * @default false
   */
  owns?: boolean;
  /**
   * Host that the app's own address names, where it is another than the one by which roles are made: a replica, which only reads.
   * @default the link's own
   */
  reads?: string;
  /**
   * A pooler before the server, which the app's own address names; roles and migrations go around it.
   * @default none
   */
  pooler?: PostgresPoolerLink;
}

/** PgBouncer before a Postgres server. */
export interface PostgresPoolerLink {
  /** Name under which it answers, as the clients' DNS knows it. */
  host: string;
  /** Labels of its pods; the network policies are made from them. */
  selector: { [label: string]: string };
}

/** What a MongoDB tells whoever saves or restores one of its databases. */
export interface MongoLink {
  /** The database, which the address in the Secret may name too. */
  database: string;
}

/** Where something outside the cluster answers. */
export interface OutsideLink {
  /**
   * Ranges of its IP addresses, each of /8 at the widest.
   * @default every public address
   */
  cidrs?: string[];
}

/** Under which names a process asks for its pool, where not for those that go with the link's variable. */
export interface PoolNames {
  /**
   * Variable of the size.
   * @default the link's own: `DATABASE_POOL_MAX` for `DATABASE_URL`
   */
  size?: string;
  /**
   * Variable of the overflow.
   * @default the link's own: `DATABASE_POOL_OVERFLOW` for `DATABASE_URL`
   */
  overflow?: string;
  /**
   * Variable of the seconds to wait.
   * @default the link's own: `DATABASE_POOL_TIMEOUT` for `DATABASE_URL`
   */
  timeout?: string;
  /**
   * Variable of the seconds after which a connection is renewed.
   * @default the link's own: `DATABASE_POOL_RECYCLE` for `DATABASE_URL`
   */
  recycle?: string;
}

/** The connections that each process keeps to what a link leads to. It is told so by variables. */
export interface PoolArgs {
  /** Connections that are kept, 1–10000. */
  size: number;
  /**
   * Connections beyond those at a peak, 0–10000; replicas times processes times both count against what a database allows.
   * @default none is told
   */
  overflow?: number;
  /**
   * Seconds that a request waits for a free one, 1–3600.
   * @default none is told
   */
  timeoutSeconds?: number;
  /**
   * Seconds after which a connection is made anew, 1–86400.
   * @default none is told
   */
  recycleSeconds?: number;
  /**
   * The variables' names, where a process asks for others, such as `DB_POOL_SIZE`.
   * @default those that go with the link's variable
   */
  names?: PoolNames;
}

/**
 * How to use something else: plain data, exported by the component that is linked to, or made by `outside`. An app that
 * takes it gets the variable, the Secret reference, roles and grants of its own, both network policies and the start
 * order.
 */
export interface Link {
  /** What it leads to, in a word: `postgres`, `redis`, `app`, `outside` or one of your own. Alerts are made from it. */
  kind: string;
  /** Name of the component it leads to, or of the host outside. */
  name: string;
  /**
   * Where the target runs. An app of another environment is refused.
   * @default the app's own
   */
  environment?: EnvironmentRef;
  /** Name under which the target answers, as the clients' DNS knows it. */
  host: pulumi.Input<string>;
  /** Port that the target listens on, 1–65535. */
  port: number;
  /** Labels of the target's pods; the network policies are made from them. What is outside has none. */
  selector?: { [label: string]: string };
  /** Where a target outside the cluster answers, in place of its pods' labels. */
  outside?: OutsideLink;
  /** Known when the target is ready: what waits for this value starts after it. */
  ready: pulumi.Input<string>;
  /** Address of a target that asks for no credentials. */
  address?: pulumi.Input<string>;
  /** Where the target's address, with its credentials, stands ready. */
  secret?: SecretKey;
  /** More variables that go with it, by their own names. */
  variables?: { [variable: string]: pulumi.Input<string> };
  /** More variables whose values stand in Secrets, by their own names. */
  secrets?: { [variable: string]: SecretKey };
  /** A Postgres server: roles of the link's own are made in it. */
  postgres?: PostgresLink;
  /** A MongoDB, of which one database can be saved. */
  mongo?: MongoLink;
  /**
   * Name of the rotation of a database link's passwords, of 1–32 lower-case letters, digits, inner dashes and dots:
   * `2026-11-01`. Another name makes a login of its own for the app, beside the one before, which ends once the rollout
   * has succeeded.
   * @default "first"
   */
  rotate?: string;
  /**
   * What the app may do in a database: `readWrite` (rows, and its migrations the schema), `readOnly` (rows, tables of later migrations
   * too) or `monitor` (the server's statistics and settings, and no rows: for an exporter of metrics).
   * @default "readWrite"
   */
  role?: string;
  /**
   * The pool that each process keeps to it, told by variables; `pools` of an app says the size alone.
   * @default whatever the process does, which nobody can count
   */
  pool?: PoolArgs;
}
