import { jobsAreRemoved, jobsHaveAnOwner, restartPolicy } from "../../core/rules/lifecycle/jobs.ts";
import { schedules } from "../../core/rules/lifecycle/schedule.ts";
import type { Rule } from "../../core/rules/rule.ts";

export const lifecycle: readonly Rule[] = [schedules, restartPolicy, jobsAreRemoved, jobsHaveAnOwner];
