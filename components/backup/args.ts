import type * as pulumi from "@pulumi/pulumi";
import type { EnvironmentRef } from "../environment/args.ts";
import type { Link, SecretKey } from "../link.ts";
import type { ResourcesArgs } from "../resources.ts";

/** By whom a bucket is read and written. */
export interface StoreCredentialsArgs {
  /** The access key's id. */
  id: SecretKey;
  /** The access key's secret. */
  secret: SecretKey;
}

/** A bucket of S3-compatible storage. */
export interface BackupStoreArgs {
  /** Where it answers: `outside({ host: "s3.fr-par.scw.cloud" })`. In production it is outside the cluster, and speaks TLS. */
  endpoint: Link;
  /** Region of the bucket: `fr-par`. */
  region: string;
  /** The bucket, which is there already: 3–63 lower-case letters, digits, inner dashes and dots. No two environments share one. */
  bucket: string;
  /**
   * What the names in the bucket begin with, without a slash at its ends, at most 200 characters.
   * @default none
   */
  prefix?: string;
  /** By whom it is read and written. */
  credentials: StoreCredentialsArgs;
}

/** What of the older backups is kept. */
export interface KeepArgs {
  /** Days for which a backup is kept, 1–3650. */
  days: number;
  /**
   * How many are kept whatever their age, 1–1000: the last good one never goes.
   * @default 7
   */
  atLeast?: number;
}

/** A question whose answer, a number, shows that a restored database is whole. */
export interface AssertionArgs {
  /**
   * Of a Postgres: a query of one row and one column, at most 4096 characters: `SELECT count(*) FROM orders`.
   * @default none: one of `sql` and `collection` is needed
   */
  sql?: string;
  /**
   * Of a MongoDB: the collection whose documents are counted, at most 120 characters.
   * @default none: one of `sql` and `collection` is needed
   */
  collection?: string;
  /**
   * Which of them, in MongoDB's extended JSON, at most 4096 characters: `{"paid":true}`.
   * @default all of the collection
   */
  query?: string;
  /**
   * The least that it may answer, a number from -1e15 to 1e15.
   * @default no bound
   */
  atLeast?: number;
  /**
   * The most that it may answer, a number from -1e15 to 1e15: of the seconds since the newest row, for one.
   * @default no bound
   */
  atMost?: number;
}

/** A trial of the newest backup, on a throwaway server in a pod of its own. */
export interface DrillArgs {
  /**
   * When it runs, as cron's five fields, in the time zone of the backup.
   * @default the first of each month at four: `0 4 1 * *`
   */
  schedule?: string;
  /** The identity of age's that opens the backups, as `age-keygen` prints it. */
  identity: SecretKey;
  /** What must hold of the restored database: one at least. */
  assertions: AssertionArgs[];
  /**
   * Room for the backup and the database restored from it, a Kubernetes quantity of 1Mi–1024Ti.
   * @default the double size of a Postgres volume by the environment's profile
   */
  storage?: string;
  /**
   * What it asks for.
   * @default what a Postgres instance asks for by the environment's profile
   */
  resources?: ResourcesArgs;
}

/** What a new database begins with. */
export interface RestoreArgs {
  /** An image with the server's own major version of Postgres, `age` and `rclone`; a reference with its digest. */
  image: pulumi.Input<string>;
  /** Where the backups are. */
  from: BackupStoreArgs;
  /** The identity of age's that opens them, as `age-keygen` prints it. */
  identity: SecretKey;
  /**
   * Which one: `latest`, or the newest that began no later than a time such as `2026-11-20T02:00:00Z`.
   * @default the newest of all
   */
  at?: string;
  /**
   * Environment that was saved: `dev`, `staging` or `production`; a review begins with another environment's or its own.
   * @default the one that it is in
   */
  environment?: string;
  /**
   * Server that was saved, by its component's name.
   * @default the name of the new one
   */
  server?: string;
  /**
   * SQL that takes out what people left, at most 65536 characters; it names tables with their schema, and functions that
   * are not Postgres' own. The rows are seen only after it. A backup of another environment is refused without it.
   * @default none
   */
  mask?: string;
  /**
   * Room for the backup, encrypted and opened, a Kubernetes quantity of 1Mi–1024Ti.
   * @default the size of the volume
   */
  storage?: string;
  /**
   * Seconds until it counts as failed, 60–86400.
   * @default as many as four hours have: 14400
   */
  deadlineSeconds?: number;
}

export interface BackupArgs {
  /** Where it runs. */
  environment: EnvironmentRef;
  /** The database to save: one of the `links` of a `Postgres`, or the `link` of a `Mongo` that names its database. */
  of: Link;
  /**
   * An image with the server's own major version of Postgres, or with MongoDB's database tools and for a drill its server; and with `age`
   * and `rclone`. A reference with its digest.
   */
  image: pulumi.Input<string>;
  /** Where the backups go. */
  to: BackupStoreArgs;
  /** Public keys of age's, `age1…`: each of their holders can open a backup, and nobody else. One at least. */
  recipients: string[];
  /**
   * When it runs, as cron's five fields.
   * @default every night at two: `0 2 * * *`
   */
  schedule?: string;
  /**
   * Time zone of the schedules, a name of the IANA database such as `Europe/Paris`.
   * @default "Etc/UTC"
   */
  timeZone?: string;
  /**
   * What of the older backups is kept; production has to say.
   * @default those of 30 days, and 7 at least
   */
  keep?: KeepArgs;
  /**
   * Hours of work that may be lost, 1–8760: longer than the schedule ever leaves between two backups, since a dump takes its
   * time too. By itself it is a day, the hour that autumn adds to one, and an hour for the dump.
   * @default 26
   */
  rpoHours?: number;
  /**
   * Hours that a restore may take, 1–720.
   * @default 4
   */
  rtoHours?: number;
  /**
   * The trial of the newest backup.
   * @default none
   */
  drill?: DrillArgs;
  /**
   * Room for one encrypted dump, a Kubernetes quantity of 1Mi–1024Ti.
   * @default the size of a Postgres volume by the environment's profile
   */
  storage?: string;
  /**
   * What a backup asks for.
   * @default cpu 100m, memory 256Mi
   */
  resources?: ResourcesArgs;
  /**
   * Seconds until a backup counts as failed, retries included, 60–86400.
   * @default 3600
   */
  deadlineSeconds?: number;
  /**
   * Makes a `PrometheusRule`, for a cluster that has the Prometheus operator and kube-state-metrics. Where the
   * environment is watched by nothing, none is made.
   * @default false
   */
  alerts?: boolean;
}
