import type * as pulumi from "@pulumi/pulumi";
import type { EnvironmentRef } from "../environment/args.ts";
import type { Link } from "../link.ts";
import type { ResourcesArgs } from "../resources.ts";
import type { SecretArgs } from "../secrets/args.ts";
import type { FlagShareArgs } from "./flagArgs.ts";

export interface MigrateArgs {
  /**
   * What brings the schema up, as a list of arguments; it runs in the app's image. Give this or `tool`.
   * @default none
   */
  command?: string[];
  /**
   * The tool that does it, which the image holds: `prisma` runs `prisma migrate deploy`, `alembic` runs
   * `alembic upgrade head`, `knex` runs `knex migrate:latest`, `sql` runs `file` by `psql`, whole or not at all.
   * @default none
   */
  tool?: string;
  /**
   * Path of the SQL file in the image, for the tool `sql`.
   * @default none
   */
  file?: string;
  /**
   * How it is taken back: the command for it, such as `node migrate.ts down`, or `restore` for the last backup. The
   * Job carries it as an annotation, for whoever has to; nothing runs it by itself.
   * @default of a tool its own way, which of `prisma` and `sql` is `restore`; of a command none
   */
  rollback?: string;
  /**
   * `expand` adds what both versions can live with. `contract` takes away what only older ones use: it is refused while
   * one serves, by `palier:records` and by the pods that live, so it comes by an update of its own, after the new version's.
   * @default "expand"
   */
  phase?: string;
  /**
   * From which `schema` on nobody uses what a contraction takes away, 1–1000000000: it is refused, with the pod's name, while a
   * pod of another app on the same Postgres database says a lower one, or none.
   * @default none: refused beside any other app on the database
   */
  needs?: number;
  /**
   * Seconds until it counts as failed, 1–3600.
   * @default 300
   */
  deadlineSeconds?: number;
  /**
   * Workers and tasks of the app, by their names there, that stand still meanwhile: a worker has no pod, a task begins no
   * run. Afterwards each goes on as it was, also where the migration failed.
   * @default none: they work on beside it
   */
  pause?: string[];
  /**
   * Seconds in which what they are at has to come to its end, 1–3600; what takes longer fails the update before the
   * migration begins.
   * @default 120
   */
  pauseSeconds?: number;
}

/** The length of a queue, as a metrics adapter tells it as an external metric: KEDA's or the one for Prometheus. */
export interface QueueArgs {
  /** The metric's name: `queue_length`. */
  metric: string;
  /**
   * Labels by which the adapter tells this queue from others.
   * @default none: the metric has one value
   */
  labels?: { [label: string]: string };
  /** Jobs that wait for each replica that the autoscaler aims at, 1–1000000. */
  perReplica: number;
}

/**
 * How many replicas. Between `min` and `max` an autoscaler goes by whichever target asks for most. Where a metric is not
 * served it adds none for it, and takes none away.
 */
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
  /**
   * Average use of the memory request that it aims at, 1–90 %. Memory is seldom given back, so replicas that came seldom
   * go; and it can't keep a container from being killed at its limit.
   * @default memory is not looked at
   */
  memoryPercent?: number;
  /**
   * Requests that each replica answers in a second, 1–100000. A metrics adapter serves them as `http_requests_per_second`
   * of the pods, as the one for Prometheus does of the counter `http_requests_total`.
   * @default requests are not counted
   */
  requestsPerSecond?: number;
  /**
   * Jobs that wait in a queue.
   * @default no queue is looked at
   */
  queue?: QueueArgs;
  /**
   * Seconds for which more replicas must be asked for before any is added, 0–3600.
   * @default 0
   */
  upSeconds?: number;
  /**
   * Seconds for which fewer must be asked for before any is taken away, 0–3600.
   * @default 300
   */
  downSeconds?: number;
}

/** What somebody else made in the namespace, to be used as it is. Its changes restart nothing. */
export interface ExistingArgs {
  /**
   * ServiceAccount that the pods run as, such as one to which a cloud gives rights.
   * @default one of their own, without rights
   */
  serviceAccount?: string;
  /**
   * ConfigMaps of which each key becomes a variable; `variables` and `secrets` of the same name win.
   * @default none
   */
  configMaps?: string[];
  /**
   * Secrets of which each key becomes a variable; they win over `configMaps`.
   * @default none
   */
  secrets?: string[];
}

/** What each process has of its own, also one of several of an app. */
export interface ProcessArgs {
  /**
   * Variables in clear, of capitals, digits and underscores, with values of 128 KiB at most. Secrets belong into `secrets`.
   * @default those that every process is told
   */
  variables?: { [name: string]: pulumi.Input<string> };
  /**
   * What each pod asks for, in one word: `small` is cpu 100m and memory 256Mi, `medium` 250m and 512Mi, `large` 1 and 1Gi.
   * @default "small"
   */
  size?: string;
  /**
   * What each pod asks for, where `size` does not fit.
   * @default that of `size`
   */
  resources?: ResourcesArgs;
  /**
   * Paths that the process may write, and how much, as Kubernetes quantities of 1Mi–1024Ti: `{ "/var/cache": "1Gi" }`.
   * What is written there is gone with the pod; everything else can't be written.
   * @default `/tmp` of 64Mi, which is always among them
   */
  writablePaths?: { [path: string]: string };
}

/** What a component that runs an image is given, whether it serves, works in the background or runs on a schedule. */
export interface WorkloadArgs extends ProcessArgs {
  /** Where it runs. */
  environment: EnvironmentRef;
  /** Image to run; a reference with its digest in staging and production. */
  image: pulumi.Input<string>;
  /**
   * Command and its arguments.
   * @default the image's
   */
  command?: string[];
  /**
   * Secrets by their variable: generated, from the stack's configuration, or from where they are kept.
   * @default none
   */
  secrets?: { [name: string]: SecretArgs };
  /**
   * Links by the variable that then holds the address. With the app's name, that of a database's has 49 characters at most.
   * @default none: it reaches nothing
   */
  links?: { [variable: string]: Link };
  /**
   * Connections that each process keeps at most to what a link leads to, by the link's variable, 1–10000. It is told so
   * by a variable: `DATABASE_POOL_MAX` for `DATABASE_URL`. Replicas times pool count against what a database allows.
   * @default whatever the process does, which nobody can count
   */
  pools?: { [variable: string]: number };
  /**
   * The lowest schema that its code works on, 1–1000000000: a number that the apps on one database share, and that is counted
   * up before something is taken away. Its pods say it, and a contraction of another app asks them.
   * @default none is said
   */
  schema?: number;
  /**
   * Feature flags, read by the process from the file that `FEATURE_FLAGS_FILE` names, or by
   * OpenFeature's flagd provider, which is told the same; they change without a restart.
   * @default none
   */
  featureFlags?: { [flag: string]: boolean };
  /**
   * Feature flags that are on for some of those who ask, as OpenFeature's flagd provider decides; the plain file, which knows
   * nobody, has them off.
   * @default none
   */
  flagShares?: { [flag: string]: FlagShareArgs };
  /**
   * What is adopted. A pod waits for what is not there, and the rollout fails by its name while the old pods serve on.
   * @default nothing
   */
  existing?: ExistingArgs;
  /**
   * Uid to run as, 1–65535.
   * @default 1000
   */
  user?: number;
}

/** What a process that runs in replicas is given besides. */
export interface ReplicatedArgs {
  /**
   * How many replicas.
   * @default as each of them
   */
  scale?: ScaleArgs;
  /**
   * Seconds a new pod must have stayed ready before the rollout takes an old one away, 0–3599 and less than
   * `progressDeadlineSeconds`. A version that crashes sooner than that stops the rollout with every old pod still there.
   * @default 0 in dev and review, 10 in staging, 75 in production; at most half of `progressDeadlineSeconds`
   */
  minReadySeconds?: number;
  /**
   * Labels of nodes over whose values the replicas are spread, as evenly as may be, such as
   * `topology.kubernetes.io/zone`. Name only labels that all nodes carry: the others would count for nothing.
   * @default ["kubernetes.io/hostname"]
   */
  spread?: string[];
  /**
   * Seconds a rollout may make no progress before it counts as failed, 10–3600.
   * @default 180
   */
  progressDeadlineSeconds?: number;
}
