import type * as pulumi from "@pulumi/pulumi";
import type { EnvironmentRef } from "../environment/args.ts";
import type { Link } from "../link.ts";
import type { ResourcesArgs } from "../resources.ts";
import type { SecretArgs } from "../secrets/args.ts";

export interface MigrateArgs {
  /** What brings the schema up, as a list of arguments; it runs in the app's image. */
  command: string[];
  /**
   * How it is taken back: the command for it, such as `node migrate.ts down`, or `restore` for the last backup. The
   * Job carries it as an annotation, for whoever has to; nothing runs it by itself.
   */
  rollback?: string;
  /**
   * Seconds until it counts as failed, 1–3600.
   * @default 300
   */
  deadlineSeconds?: number;
}

export interface ScaleArgs {
  /**
   * Fewest replicas, 1–1000.
   * @default 1 in dev and review, 2 in staging and production
   */
  min?: number;
  /**
   * Most replicas, `min`–1000. When it is above `min`, an autoscaler moves between the two.
   * @default 1 in dev and review, 4 in staging, 10 in production
   */
  max?: number;
  /**
   * Average use of the CPU request that the autoscaler aims at, 1–100 %.
   * @default 70
   */
  cpuPercent?: number;
}

export interface ShutdownArgs {
  /**
   * Seconds a pod goes on serving after it was told to end, 0–600: its address takes that long to leave every proxy.
   * @default 5
   */
  preStopSeconds?: number;
  /**
   * Seconds its running requests then have to finish, 1–3600.
   * @default 30
   */
  drainSeconds?: number;
}

/** What every process is given, whether it serves, works in the background or runs on a schedule. */
export interface WorkloadArgs {
  /** Where it runs. */
  environment: EnvironmentRef;
  /** Image to run; a reference with its digest in staging and production. */
  image: pulumi.Input<string>;
  /**
   * Command and its arguments.
   * @default the image's
   */
  command?: string[];
  /** Variables in clear, of capitals, digits and underscores, with values of 128 KiB at most. Secrets belong into `secrets`. */
  variables?: { [name: string]: pulumi.Input<string> };
  /** Secrets by their variable: generated, from the stack's configuration, or from where they are kept. */
  secrets?: { [name: string]: SecretArgs };
  /** Links by the variable that then holds the address. With the app's name, that of a database's has 49 characters at most. */
  links?: { [variable: string]: Link };
  /**
   * Connections that each process keeps at most to what a link leads to, by the link's variable, 1–10000. It is told so
   * by a variable: `DATABASE_POOL_MAX` for `DATABASE_URL`. Replicas times pool count against what a database allows.
   * @default whatever the process does, which nobody can count
   */
  pools?: { [variable: string]: number };
  /** Feature flags, read by the process from the file that `FEATURE_FLAGS_FILE` names; they change without a restart. */
  featureFlags?: { [flag: string]: boolean };
  /**
   * What each pod asks for.
   * @default cpu 100m, memory 256Mi
   */
  resources?: ResourcesArgs;
  /**
   * Uid to run as, 1–65535.
   * @default 1000
   */
  user?: number;
}

/** What a process that runs in replicas is given besides. */
export interface ReplicatedArgs extends WorkloadArgs {
  /** Migration of the schema before it starts; it needs a link to a database. */
  migrate?: MigrateArgs;
  /** How many replicas. */
  scale?: ScaleArgs;
  /** How a pod ends. */
  shutdown?: ShutdownArgs;
  /**
   * Seconds a new pod must have stayed ready before the rollout takes an old one away, 0–3599 and less than
   * `progressDeadlineSeconds`. A version that crashes sooner than that stops the rollout with every old pod still there.
   * @default 0 in dev and review, 10 in staging, 75 in production; at most half of `progressDeadlineSeconds`
   */
  minReadySeconds?: number;
  /**
   * Seconds a rollout may make no progress before it counts as failed, 10–3600.
   * @default 180
   */
  progressDeadlineSeconds?: number;
}
