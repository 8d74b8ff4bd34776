import { isSchedule } from "../../core/rules/lifecycle/schedule.ts";
import { kindOf, shown, wrong } from "../argument.ts";
import { type Check, flag, oneOf, whole } from "../check.ts";
import { only, optional, type Shape } from "../shape.ts";
import { process, workload } from "../workload/shape.ts";
import type { CronTaskArgs, HistoryArgs, TaskProcessArgs } from "./args.ts";
import { timeZone } from "./timeZone.ts";

/** Beyond what cron can follow, no time zone stands before it: `timeZone` says that. */
export const schedule: Check = (path, value) => {
  const allowed = 'five fields of cron, such as "0 3 * * *"';
  if (typeof value !== "string") throw wrong(path, kindOf(value), allowed);
  if (!isSchedule(value) || /^\s*(CRON_)?TZ=|@every/.test(value)) throw wrong(path, shown(value), allowed);
};

const runs = optional(whole(0, 100));

export const taskProcess: Shape<TaskProcessArgs> = {
  ...process,
  schedule,
  timeZone: optional(timeZone),
  startingDeadlineSeconds: optional(whole(10, 86_400)),
  concurrency: optional(oneOf(["forbid", "replace", "allow"])),
  history: optional(only<HistoryArgs>({ succeeded: runs, failed: runs })),
  suspend: optional(flag),
  deadlineSeconds: optional(whole(1, 86_400)),
  retries: optional(whole(0, 10)),
};

export const cronTaskShape = only<CronTaskArgs>({ ...workload, ...taskProcess });
