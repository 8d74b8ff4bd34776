import type * as pulumi from "@pulumi/pulumi";
import type { EdgeControllerArgs } from "../edge/controllerArgs.ts";
import type { ResourcesArgs } from "../resources.ts";
import type { ContainersArgs, QuotaArgs } from "./boundsArgs.ts";
import type { ClusterArgs } from "./clusterArgs.ts";

/** Where the components of a system run. An `Environment` is one; other languages may pass the same fields. */
export interface EnvironmentRef {
  /** The system: `avnir`. */
  system: string;
  /** What the environment means: `dev`, `review`, `staging` or `production`. */
  stage: string;
  /** Namespace that holds everything of this environment. */
  namespace: pulumi.Input<string>;
  /**
   * What the system has otherwise than the environment's profile says.
   * @default the profile as it is
   */
  profile?: ProfileArgs;
  /**
   * Name of the PriorityClass of every pod.
   * @default the cluster's
   */
  priorityClassName?: pulumi.Input<string>;
  /**
   * What stands at the edge of the cluster.
   * @default nothing: in dev apps have no edge, elsewhere none may ask for one
   */
  edge?: EdgeControllerArgs;
  /**
   * The cluster's Prometheus.
   * @default as each of them
   */
  prometheus?: PrometheusArgs;
  /**
   * The cluster by its kubeconfig, for what a release asks of it beside the engine.
   * @default none: a rollout that fails stays as it is, and `blueGreen` is refused
   */
  cluster?: ClusterArgs;
}

export interface ReplicasArgs {
  /**
   * Replicas of an app at least, 1–1000; 2 or more in production.
   * @default 1 in dev and review, 2 in staging and production
   */
  min?: number;
  /**
   * Replicas of an app at most, `min`–1000.
   * @default 1 in dev and review, 4 in staging, 10 in production, and `min` at least
   */
  max?: number;
}

/** What a system has otherwise than an environment's profile says. No environment goes below its floors. */
export interface ProfileArgs {
  /** How many replicas an app has that says nothing else. */
  replicas?: ReplicasArgs;
  /**
   * Seconds a new pod of an app must have stayed ready before a rollout counts on it, 0–3599; 10 or more in production.
   * @default 0 in dev and review, 10 in staging, 75 in production
   */
  minReadySeconds?: number;
  /**
   * Seconds for which a new release has all traffic before it counts, where an app's `rollout` is `blueGreen`, 0–300.
   * @default 5 in dev and review, 10 in staging, 60 in production
   */
  bakeSeconds?: number;
  /**
   * Least severe level an app logs: `debug` or, alone in production, `info`.
   * @default "debug" in dev and review, "info" in staging and production
   */
  logLevel?: string;
  /**
   * Debug switches may be on; never in production.
   * @default true in dev and review, false in staging and production
   */
  debug?: boolean;
  /**
   * Every image must be pinned by digest; always in staging and production.
   * @default false in dev and review, true in staging and production
   */
  imagesByDigest?: boolean;
  /**
   * `pulumi destroy` refuses to remove the namespace, and volumes outlive their database; always in production.
   * @default false in dev and review, true in staging and production
   */
  deletionProtection?: boolean;
  /**
   * `required` declares what watches an app by its `slo`, and a cluster without the Prometheus operator's kinds refuses
   * the update before any pod changes; `skip` declares none of it, and a warning says so once.
   * @default "skip" in dev and review, "required" in staging and production; configuration `palier:monitoring` goes before
   */
  monitoring?: string;
  /**
   * Size of a Postgres volume, a Kubernetes quantity of 1Mi–1024Ti.
   * @default 1Gi in dev and review, 5Gi in staging, 20Gi in production
   */
  postgresStorage?: string;
  /**
   * Size of a persistent Redis volume, a Kubernetes quantity of 1Mi–1024Ti.
   * @default 1Gi
   */
  redisStorage?: string;
  /**
   * What a Postgres instance asks for.
   * @default cpu 50m and memory 256Mi in dev and review, 100m and 512Mi in staging, 500m and 2Gi in production
   */
  postgresResources?: ResourcesArgs;
}

/** The cluster's Prometheus, which its operator has set up, and what watches beside it. */
export interface PrometheusArgs {
  /**
   * Namespace in which Prometheus and the blackbox exporter run: they alone are let in to an app's port.
   * @default "monitoring"
   */
  namespace?: string;
  /**
   * Labels by which this Prometheus finds its monitors, probes and rules: `{ release: "kube-prometheus-stack" }`.
   * @default none: it takes all that there are
   */
  labels?: { [label: string]: string };
  /**
   * Host and port of the blackbox exporter, which asks an app each minute.
   * @default "blackbox-exporter" of the namespace, port 9115
   */
  prober?: string;
  /**
   * Address of the folder in which the runbooks stand, without a slash at its end; each alert links to its own.
   * @default "docs/runbooks", where they stand in the package
   */
  runbooks?: string;
}

/** Which pods go first where room is short. */
export interface PriorityClassArgs {
  /** Name of the PriorityClass, without the `system-` that Kubernetes keeps for itself. */
  name: string;
  /**
   * Makes the class, which the whole cluster then has, with this priority of -2147483648–1000000000.
   * @default the class is there already
   */
  value?: number;
}

/** Who may do what by hand in an environment's namespace: groups as the cluster's own sign-in names them. */
export interface PeopleArgs {
  /**
   * Groups that may look at everything but Secrets: the cluster's role `view`.
   * @default none
   */
  view?: string[];
  /**
   * Groups that may change everything and read Secrets: the cluster's role `edit`. Never in production, which releases alone
   * change.
   * @default none
   */
  edit?: string[];
}

export interface EnvironmentArgs {
  /**
   * What the environment means: `dev`, `review`, `staging` or `production`, or one of their aliases.
   * @default what the stack's name means
   */
  stage?: string;
  /**
   * Namespace to make: 1–63 lower-case letters, digits and inner dashes.
   * @default the system and the stack's name: `avnir-dev`
   */
  namespace?: string;
  /**
   * Context of the kubeconfig: Palier never touches a cluster that was not named.
   * @default configuration `palier:context`
   */
  context?: string;
  /**
   * Path of the kubeconfig.
   * @default configuration `palier:kubeconfig`, else what `kubectl` would take
   */
  kubeconfig?: string;
  /**
   * By environment (`dev`, `review`, `staging`, `production`): what the system has otherwise than its profile says.
   * @default the profiles as they are
   */
  profiles?: { [stage: string]: ProfileArgs };
  /**
   * What all pods may ask for together.
   * @default configuration `palier:review` of a review, else no bound
   */
  quota?: QuotaArgs;
  /**
   * What one container gets, and may ask for.
   * @default no bound; with a quota, the usual for a container that asks for nothing
   */
  containers?: ContainersArgs;
  /**
   * Which pods go first where room is short.
   * @default the cluster's own order
   */
  priorityClass?: PriorityClassArgs;
  /**
   * The cluster's Prometheus, for apps with an `slo`.
   * @default as each of them
   */
  prometheus?: PrometheusArgs;
  /**
   * Hours that a review is there for, 1–8760, counted from when its namespace was made; other environments stay. Nothing
   * takes it away by itself: the output `expires` says when it is time. What `palier review up` was told goes before, and
   * `palier review sweep` takes those away.
   * @default 168
   */
  reviewHours?: number;
  /**
   * What stands at the edge of the cluster.
   * @default configuration `palier:edge`, else nothing
   */
  edge?: EdgeControllerArgs;
  /**
   * By environment (`dev`, `review`, `staging`, `production`): who may look, and who may change something by hand.
   * @default nobody whom the cluster does not let in anyway
   */
  people?: { [stage: string]: PeopleArgs };
}
