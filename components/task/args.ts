import type { ProcessArgs, WorkloadArgs } from "../workload/args.ts";

/** How many ended runs are kept, for their logs. */
export interface HistoryArgs {
  /**
   * Runs that succeeded, 0–100.
   * @default 3
   */
  succeeded?: number;
  /**
   * Runs that failed, 0–100.
   * @default 3
   */
  failed?: number;
}

/** What a process that runs on a schedule has of its own. */
export interface TaskProcessArgs extends ProcessArgs {
  /** When it runs, as cron's five fields: `0 3 * * *`. */
  schedule: string;
  /**
   * Time zone of the schedule, a name of the IANA database such as `Europe/Paris`.
   * @default "Etc/UTC"
   */
  timeZone?: string;
  /**
   * Seconds by which a run may start late, 10–86400; one that is later is left out.
   * @default 300
   */
  startingDeadlineSeconds?: number;
  /**
   * What becomes of a run whose time comes while the last one still goes on: `forbid` leaves it out, `replace` ends the
   * last one, `allow` runs both.
   * @default "forbid"
   */
  concurrency?: string;
  /**
   * How many ended runs are kept.
   * @default as each of them
   */
  history?: HistoryArgs;
  /**
   * No run is started until this is false again.
   * @default false
   */
  suspend?: boolean;
  /**
   * Seconds until a run counts as failed, retries included, 1–86400.
   * @default 3600
   */
  deadlineSeconds?: number;
  /**
   * How often a run that failed is tried again, 0–10. What is tried again may have been half done.
   * @default 0
   */
  retries?: number;
}

export interface CronTaskArgs extends WorkloadArgs, TaskProcessArgs {}
