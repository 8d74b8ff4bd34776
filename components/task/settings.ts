import { processArguments } from "../workload/asArguments.ts";
import { settings } from "../workload/settings.ts";
import type { TaskProcessArgs } from "./args.ts";

/** When a task runs and for how long, completed. */
export function taskSettings(args: TaskProcessArgs) {
  return {
    timeZone: args.timeZone ?? "Etc/UTC",
    startingDeadlineSeconds: args.startingDeadlineSeconds ?? 300,
    concurrency: args.concurrency ?? "forbid",
    history: { succeeded: args.history?.succeeded ?? 3, failed: args.history?.failed ?? 3 },
    suspend: args.suspend ?? false,
    deadlineSeconds: args.deadlineSeconds ?? 3600,
    retries: args.retries ?? 0,
  };
}

/** What a task comes to, by its arguments' own names. */
export function taskArguments(args: TaskProcessArgs): object {
  return { ...processArguments(args, settings(args)), ...taskSettings(args) };
}
