import type * as pulumi from "@pulumi/pulumi";
import type { EnvironmentRef } from "../environment/args.ts";
import type { ConfigMapKey, SecretKey } from "../link.ts";

/** What stands still while a schema changes. What is not there yet is passed over. */
export interface PauseArgs {
  /**
   * Names of Deployments of the namespace, which have no pod meanwhile.
   * @default none
   */
  deployments?: string[];
  /**
   * Names of CronJobs of the namespace, which begin no run meanwhile; one that runs is waited for.
   * @default none
   */
  cronJobs?: string[];
  /**
   * Seconds in which what runs has to come to its end, 1–3600; whatever takes longer fails the update before the
   * migration begins, and everything goes on.
   * @default 120
   */
  seconds?: number;
}

export interface MigrationArgs {
  /** Where it runs. */
  environment: EnvironmentRef;
  /** The app whose schema it changes: its pods count as that app's for the network policies of its links. */
  app: string;
  /** The app's image. The Job runs once for each digest. */
  image: pulumi.Input<string>;
  /** What to run, as a list of arguments: `["node", "migrate.ts", "up"]`. */
  command: string[];
  /**
   * How it is taken back: the command for it, or `restore` for the last backup.
   * @default none is said
   */
  rollback?: string;
  /**
   * `expand` adds what both versions can live with, `contract` takes away what only older ones use: it is refused while a
   * pod of another version lives, and no release before it comes back. The Job carries it as an annotation.
   * @default "expand"
   */
  phase?: string;
  /**
   * From which schema on nobody uses what a contraction takes away, 1–1000000000: it is refused while a pod of another app on
   * the same Postgres database says a lower one, by the label `palier.dev/schema`, or none.
   * @default none: refused beside any other app on the database
   */
  needs?: number;
  /** Variables in clear. */
  variables: { [name: string]: pulumi.Input<string> };
  /** Variables whose value stands in a Secret. */
  secrets: { [name: string]: SecretKey };
  /** Certificates by which it verifies the servers it talks to, each for the variable that holds the address. */
  authorities: { [variable: string]: ConfigMapKey };
  /**
   * Seconds until it counts as failed, 1–3600.
   * @default 300
   */
  deadlineSeconds?: number;
  /**
   * What stands still meanwhile.
   * @default nothing
   */
  pause?: PauseArgs;
  /**
   * Uid to run as, 1–65535.
   * @default 1000
   */
  user?: number;
  /** Known when what it needs is there: it starts after this value. */
  after: pulumi.Input<string>;
}
