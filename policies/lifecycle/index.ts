import { noBarePods } from "../../core/rules/lifecycle/barePods.ts";
import { graceCoversPreStop, preStopStated, rollingUpdate } from "../../core/rules/lifecycle/gracefulEnd.ts";
import { jobsAreRemoved, jobsHaveAnOwner, restartPolicy } from "../../core/rules/lifecycle/jobs.ts";
import { schedules } from "../../core/rules/lifecycle/schedule.ts";
import { liveIdentity } from "../../core/rules/parity/liveIdentity.ts";
import { strictWhereServed } from "../../core/rules/relations/served.ts";
import { advisedInStaging } from "../../core/rules/relations/stages.ts";
import type { Rule } from "../../core/rules/rule.ts";

export const lifecycle: readonly Rule[] = [
  schedules,
  graceCoversPreStop,
  strictWhereServed(rollingUpdate, { levels: advisedInStaging, demands: ["R-11", "R-55"] }),
  liveIdentity,
  preStopStated,
  noBarePods,
  restartPolicy,
  jobsAreRemoved,
  jobsHaveAnOwner,
];
