import type { MigrateArgs, ProcessArgs, ReplicatedArgs, WorkloadArgs } from "../workload/args.ts";

/** A file that the process touches as long as it works: no server is needed to be asked. */
export interface HeartbeatArgs {
  /** Path of the file, in a folder that the process may write, such as `/tmp/alive`. */
  file: string;
  /**
   * Seconds within which it must have been touched, 2–3600.
   * @default 60
   */
  withinSeconds?: number;
}

/** How a process that nobody asks is seen to be well. */
export interface WorkerHealthArgs {
  /**
   * Command that ends with 0 while the process works. A failure restarts the container, so it asks nobody else.
   * @default a process counts as well as long as it runs
   */
  live?: string[];
  /**
   * The same by a file, of images that hold `sh`, `date` and `stat`. Give this or `live`.
   * @default none
   */
  heartbeat?: HeartbeatArgs;
  /**
   * Command that ends with 0 once the process takes work; a rollout waits for it.
   * @default a process takes work as soon as it runs
   */
  ready?: string[];
  /**
   * Seconds a start may take, 1–3600 and at most `progressDeadlineSeconds`; until then nothing but `live` is asked.
   * @default 60; at most `progressDeadlineSeconds`
   */
  startSeconds?: number;
}

/** What a process in the background has of its own. */
export interface WorkerProcessArgs extends ProcessArgs, ReplicatedArgs {
  /**
   * How it is seen to be well.
   * @default a process is well as long as it runs
   */
  health?: WorkerHealthArgs;
  /**
   * Seconds its running work has to finish after it was told to end, 1–3600.
   * @default 30
   */
  drainSeconds?: number;
  /**
   * Port on which it tells its metrics, 1024–65535. Nobody reaches it until a monitor is let in.
   * @default none: it listens on no port
   */
  metricsPort?: number;
}

export interface WorkerArgs extends WorkloadArgs, WorkerProcessArgs {
  /**
   * Migration of the schema before the worker starts; it needs a link to a database.
   * @default none: nobody brings the schema up
   */
  migrate?: MigrateArgs;
}
