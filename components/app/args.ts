import type { EdgeArgs } from "../edge/args.ts";
import type { RolloutArgs } from "../rollout/args.ts";
import type { SloArgs } from "../slo/args.ts";
import type { TaskProcessArgs } from "../task/args.ts";
import type { WorkerProcessArgs } from "../worker/args.ts";
import type { MigrateArgs, ReplicatedArgs, WorkloadArgs } from "../workload/args.ts";

/** Paths that answer 200 when all is well. */
export interface HealthArgs {
  /**
   * The process works; a failure restarts the container, so it asks nobody else.
   * @default "/live"
   */
  live?: string;
  /**
   * The start is over: until then neither of the others is asked.
   * @default the live path
   */
  start?: string;
  /**
   * Seconds a start may take, 1–3600 and at most `progressDeadlineSeconds`.
   * @default 60; at most `progressDeadlineSeconds`
   */
  startSeconds?: number;
  /**
   * The pod may get requests.
   * @default "/ready"
   */
  ready?: string;
  /**
   * The whole system works, other servers included. It verifies a release and feeds monitoring; it never stops or
   * restarts a pod, since then a third party's outage would.
   * @default the ready path
   */
  verify?: string;
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
  /**
   * Seconds over which it then closes its WebSockets, one after the other, so that their clients do not all come back at
   * once, 1–3600; it is told so by the variable `WEBSOCKET_DRAIN_SECONDS`.
   * @default none: open connections end with the process
   */
  webSocketSeconds?: number;
}

/** A process in the background, of the app's image. */
export interface AppWorkerArgs extends WorkerProcessArgs {
  /** Command and its arguments. */
  command: string[];
}

/** A process on a schedule, of the app's image. */
export interface AppTaskArgs extends TaskProcessArgs {
  /** Command and its arguments. */
  command: string[];
}

/** What is run once a release serves, in a Job of the app's image, with the app's variables, secrets and links. */
export interface HookArgs {
  /** Command and its arguments. The app answers it at `http://$SERVICE_NAME:$PORT`. */
  command: string[];
  /**
   * Seconds until it counts as failed, retries included, 1–3600.
   * @default 300
   */
  deadlineSeconds?: number;
  /**
   * How often it is tried again, 0–10: a network policy takes a moment to reach a new pod.
   * @default 2
   */
  retries?: number;
}

export interface AppArgs extends WorkloadArgs, ReplicatedArgs {
  /**
   * Migration of the schema before the app starts; it needs a link to a database.
   * @default none: nobody brings the schema up
   */
  migrate?: MigrateArgs;
  /**
   * How a pod ends.
   * @default as each of them
   */
  shutdown?: ShutdownArgs;
  /**
   * Port the process listens on, 1024–65535; it is told so by the variable `PORT`.
   * @default 3000
   */
  port?: number;
  /**
   * How it is seen to be well.
   * @default as each of them
   */
  health?: HealthArgs;
  /**
   * How a new version takes the place of the old one.
   * @default the rolling one
   */
  rollout?: RolloutArgs;
  /**
   * How the world reaches it. Where nothing stands at the edge of a dev environment, it is checked and left out.
   * @default it is reached only by what links to it
   */
  edge?: EdgeArgs;
  /**
   * What it owes its users: `{ availability: 99.9, latency: "200ms" }` makes recording rules, alerts, monitors, a probe
   * and a dashboard, where its environment is watched.
   * @default none: nothing watches it
   */
  slo?: SloArgs;
  /**
   * Opens it to whoever reaches the node, on this port of the node.
   * @default it is reached only by what links to it
   */
  nodePort?: number;
  /**
   * Processes of the same image that work in the background, by their name: `mail` of the app `api` is `api-mail`. They
   * share the app's links, secrets, variables and flags, and start after its migration.
   * @default none
   */
  workers?: { [process: string]: AppWorkerArgs };
  /**
   * What is run once a release serves, by its name, in the order in which it stands here: `warm-up` to fill caches,
   * `smoke` to try it. The update fails where one fails.
   * @default nothing
   */
  afterRelease?: { [hook: string]: HookArgs };
  /**
   * The same as `workers` for processes that run on a schedule.
   * @default none
   */
  tasks?: { [process: string]: AppTaskArgs };
}
