import type * as pulumi from "@pulumi/pulumi";
import type { ReplicaOverrides } from "../workload/overridden.ts";

export interface WorkerOptions extends pulumi.ComponentResourceOptions {
  /** Changes of the children's final arguments. */
  overrides?: ReplicaOverrides;
}
