import type { BackupStoreArgs } from "../../backup/args.ts";

/** Where the operator of CloudNativePG runs, and how its pods reach the cluster's own API. */
export interface PostgresOperatorArgs {
  /**
   * Namespace of the operator, whose pods ask each instance how it is.
   * @default as its own manifests have it: "cnpg-system"
   */
  namespace?: string;
  /**
   * Ranges of IP addresses of the cluster's API server, each of /8 at the widest: every instance asks it who is the primary.
   * @default the private ranges: 10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16
   */
  apiServerCidrs?: string[];
  /**
   * Ports of the API server, each 1–65535.
   * @default the two usual ones: 443 and 6443
   */
  apiServerPorts?: number[];
}

/** An archive of everything that is written, and a copy of the whole now and then: from them any moment comes back. */
export interface PostgresArchiveArgs {
  /** Where they go. Below the prefix stand system, environment and server. */
  to: BackupStoreArgs;
  /**
   * When the whole is copied, as cron's five fields, in UTC, and once at the beginning. A copy begins with a checkpoint, over which
   * Postgres takes minutes: until it has ended, nothing comes back.
   * @default every night at two: `0 2 * * *`
   */
  schedule?: string;
  /**
   * Days back to which one can go, 1–3650; production has to say.
   * @default 30
   */
  keepDays?: number;
  /**
   * How the store encrypts what it keeps: `AES256`, `aws:kms`, or `none` where it does so by itself or knows neither.
   * @default "AES256"
   */
  encryption?: string;
}

/** The moment in an archive that a new cluster begins with. */
export interface PostgresRecoveryArgs {
  /** Where the archive is. */
  from: BackupStoreArgs;
  /**
   * Server that was archived, by its component's name.
   * @default the name of the new one
   */
  server?: string;
  /**
   * The moment in UTC, such as `2026-11-20T02:00:00Z` or `2026-11-20T02:00:00.5Z`, to the microsecond: what was committed later is not
   * there.
   * @default the last that was archived
   */
  targetTime?: string;
}

/** Several servers, of which one takes writes and another takes over within seconds, by the operator CloudNativePG. */
export interface PostgresClusterArgs {
  /**
   * How many there are, 1–9.
   * @default 1 in dev and review, 3 in staging and production
   */
  instances?: number;
  /**
   * Replicas that have each commit on disk before it is acknowledged, 0–8: fewer than there are, and in production fewer than
   * are left when one is lost.
   * @default one with three instances or more, else none
   */
  synchronous?: number;
  /**
   * Size of a volume of its own for the write-ahead log, a Kubernetes quantity of 1Mi–1024Ti. It can't shrink, and stays once it is there.
   * @default none: it is on the same volume
   */
  walStorage?: string;
  /**
   * Uid of `postgres` in the image, 1–65535.
   * @default as CloudNativePG's images have it: 26
   */
  user?: number;
  /**
   * The archive from which any moment comes back. Production wants one, or a `Backup`.
   * @default none
   */
  archive?: PostgresArchiveArgs;
  /**
   * What a new cluster begins with: a moment in an archive of the same environment. It is refused for one that is there already; once
   * done it stays done.
   * @default nothing
   */
  restore?: PostgresRecoveryArgs;
  /**
   * Where the operator runs.
   * @default as its own manifests have it
   */
  operator?: PostgresOperatorArgs;
}
