import type * as pulumi from "@pulumi/pulumi";
import type { BackupStoreArgs } from "../backup/args.ts";
import type { EnvironmentRef } from "../environment/args.ts";
import type { SecretKey } from "../link.ts";

/** What a database of a MongoDB begins with: a backup of this environment, since nothing masks what people left. */
export interface MongoRestoreArgs {
  /** An image with MongoDB's database tools, `age` and `rclone`; a reference with its digest. */
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
   * The MongoDB that was saved, by its component's name.
   * @default the name of the new one
   */
  server?: string;
  /**
   * Room for the backup, encrypted and opened, a Kubernetes quantity of 1Mi–1024Ti.
   * @default the size of a Postgres volume by the environment's profile
   */
  storage?: string;
  /**
   * Seconds until it counts as failed, 60–86400.
   * @default as many as four hours have: 14400
   */
  deadlineSeconds?: number;
}

export interface MongoArgs {
  /** Whose it is. */
  environment: EnvironmentRef;
  /** Its DNS name, or its IP address: of a replica set that of one member, or the name that its address begins with. */
  host: string;
  /**
   * Port that each of its members listens on, 1–65535.
   * @default 27017
   */
  port?: number;
  /**
   * Ranges of IP addresses that its members answer at, each of /8 at the widest.
   * @default every public address; of a host that is an address, that one
   */
  cidrs?: string[];
  /** Where its whole address stands, with its credentials: `mongodb+srv://user:password@host/shop`, which is encrypted; or `mongodb://…?tls=true`. */
  address: SecretKey;
  /**
   * Its database, 1–63 letters, digits, underscores and inner dashes: what a `Backup` saves, and `restore` fills.
   * @default none is known, and nothing can save it
   */
  database?: string;
  /**
   * What the database begins with, before any app links to it. It is refused over collections that are there already; once
   * done it stays done.
   * @default nothing
   */
  restore?: MongoRestoreArgs;
}
