import type { types } from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";
import type { Override } from "../workload/overridden.ts";

/** The way out where a task's arguments do not reach: the rules judge the result. */
export interface TaskOverrides {
  cronJob?: Override<types.input.batch.v1.CronJobSpec>;
}

export interface CronTaskOptions extends pulumi.ComponentResourceOptions {
  /** Changes of the children's final arguments. */
  overrides?: TaskOverrides;
}
