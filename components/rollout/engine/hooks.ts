import * as pulumi from "@pulumi/pulumi";
import { Cluster } from "../../../core/cluster/cluster.ts";
import { areHooksHere } from "../../areHooksHere.ts";
import type { ClusterArgs } from "../../environment/clusterArgs.ts";
import { namespaceOf, type ReleaseHooks } from "../hooks.ts";
import { neededCli } from "../neededCli.ts";
import { toEngine as say } from "../say.ts";
import { settle } from "../settle.ts";
import { outcome } from "./outcome.ts";

/**
 * By which an update ends as the release does. A Rollout that is new is waited for by its annotation; of one that changes, what
 * its status says is of the release before until its controller has seen the new one. They read alone.
 */
export function outcomeHooks({ app, system, target, seconds }: Waited): Pick<ReleaseHooks, "slot" | "route"> {
  if (!areHooksHere()) return {};
  const fit = neededCli();
  const hook = (role: string, does: (cluster: Cluster, type: string) => Promise<void>) =>
    new pulumi.ResourceHook(`${system}/${app}: ${role}`, async ({ newInputs, type }) => {
      await fit;
      await does(new Cluster({ ...target, namespace: await namespaceOf(newInputs) }), type);
    });
  const waits = hook("waits for Argo Rollouts", (cluster) => outcome(cluster, app, seconds, say));
  const read = hook("lets the edge read of it", (cluster, type) => settle(cluster, app, type));
  return { slot: { afterUpdate: [waits] }, route: { afterCreate: [read] } };
}

interface Waited {
  app: string;
  system: string;
  target: ClusterArgs;
  /** At most. */
  seconds: number;
}
