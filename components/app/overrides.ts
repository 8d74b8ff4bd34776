import type { types } from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";
import type { TaskOverrides } from "../task/overrides.ts";
import type { Override, ReplicaOverrides } from "../workload/overridden.ts";

/** The way out where an app's arguments do not reach: one function for each child. */
export interface AppOverrides extends ReplicaOverrides {
  service?: Override<types.input.core.v1.ServiceSpec>;
  /** Those of its workers, by their name. */
  workers?: { [process: string]: ReplicaOverrides };
  /** Those of its tasks, by their name. */
  tasks?: { [process: string]: TaskOverrides };
}

export interface AppOptions extends pulumi.ComponentResourceOptions {
  /** Changes of the children's final arguments. */
  overrides?: AppOverrides;
}
