import type { types } from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";
import type { Override } from "../workload/overridden.ts";

/**
 * The way out where an app's arguments do not reach: one function for each child. It escapes Palier's opinions, never
 * its rules, which judge the result.
 */
export interface AppOverrides {
  deployment?: Override<types.input.apps.v1.DeploymentSpec>;
  service?: Override<types.input.core.v1.ServiceSpec>;
}

export interface AppOptions extends pulumi.ComponentResourceOptions {
  /** Changes of the children's final arguments. */
  overrides?: AppOverrides;
}
