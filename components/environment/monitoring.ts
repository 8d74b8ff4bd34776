import * as pulumi from "@pulumi/pulumi";
import type { ProfileArgs } from "./args.ts";
import { monitoringChoice } from "./profile.ts";

/** Whether a cluster has the Prometheus operator is of the cluster: the stack's configuration has the last word. */
export function withMonitoring(own: ProfileArgs | undefined): ProfileArgs | undefined {
  const monitoring = new pulumi.Config("palier").get("monitoring");
  if (monitoring === undefined) return own;
  monitoringChoice("palier:monitoring", monitoring);
  return { ...own, monitoring };
}
