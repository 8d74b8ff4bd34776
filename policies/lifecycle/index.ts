import { noBarePods } from "../../core/rules/lifecycle/barePods.ts";
import { graceCoversPreStop, preStopStated, rollingUpdate } from "../../core/rules/lifecycle/gracefulEnd.ts";
import { jobsAreRemoved, jobsHaveAnOwner, restartPolicy } from "../../core/rules/lifecycle/jobs.ts";
import { schedules } from "../../core/rules/lifecycle/schedule.ts";
import type { Rule } from "../../core/rules/rule.ts";

export const lifecycle: readonly Rule[] = [
  schedules,
  graceCoversPreStop,
  rollingUpdate,
  preStopStated,
  noBarePods,
  restartPolicy,
  jobsAreRemoved,
  jobsHaveAnOwner,
];
