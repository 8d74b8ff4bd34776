import type { types } from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";
import type { Override, ReplicaOverrides } from "../workload/overridden.ts";

/** The way out where an app's arguments do not reach: one function for each child. */
export interface AppOverrides extends ReplicaOverrides {
  service?: Override<types.input.core.v1.ServiceSpec>;
}

export interface AppOptions extends pulumi.ComponentResourceOptions {
  /** Changes of the children's final arguments. */
  overrides?: AppOverrides;
}
