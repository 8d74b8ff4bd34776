import * as pulumi from "@pulumi/pulumi";
import { Cluster } from "../../../core/cluster/cluster.ts";
import { areHooksHere } from "../../areHooksHere.ts";
import type { ClusterArgs } from "../../environment/clusterArgs.ts";
import { namespaceOf } from "../hooks.ts";
import { toEngine as say } from "../say.ts";
import { outcome } from "./outcome.ts";

/**
 * By which an update ends as the release does. A Rollout that is new is waited for by its annotation; of one that changes, what
 * its status says is of the release before until its controller has seen the new one.
 */
export function outcomeHooks({
  app,
  system,
  target,
  seconds,
}: {
  app: string;
  system: string;
  target: ClusterArgs;
  seconds: number;
}): pulumi.ResourceHookBinding | undefined {
  if (!areHooksHere()) return undefined;
  const waits = new pulumi.ResourceHook(`${system}/${app}: waits for Argo Rollouts`, async ({ newInputs }) => {
    await outcome(new Cluster({ ...target, namespace: await namespaceOf(newInputs) }), app, seconds, say);
  });
  return { afterUpdate: [waits] };
}
