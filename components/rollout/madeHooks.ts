import type * as pulumi from "@pulumi/pulumi";
import type { Cluster } from "../../core/cluster/cluster.ts";
import { inHook } from "../inHook.ts";
import { refuseCrowded } from "./fits.ts";
import type { Release } from "./release.ts";
import { toEngine as say } from "./say.ts";
import { clear, track } from "./sweep.ts";
import { ledOf } from "./traffic.ts";

/** Makes a hook of one role, which is given the cluster. */
export type MakeHook = (
  role: string,
  does: (cluster: Cluster, args: pulumi.ResourceHookArgs) => Promise<void>,
) => pulumi.ResourceHook;

/** Of what a release has for itself: its Deployment and its Service, while they are made. */
export function madeHooks(release: Release, hook: MakeHook) {
  const room = hook("clears its place", async (cluster, { newInputs }) => {
    const led = await ledOf(cluster, release.app);
    await clear(cluster, "Deployment", release, led, say);
    await refuseCrowded(cluster, release, led, await inHook(newInputs ?? {}));
  });
  const place = hook("clears its Service's place", async (cluster) => {
    await clear(cluster, "Service", release, await ledOf(cluster, release.app), say);
  });
  const seen = hook("keeps track of it", (cluster) => track(cluster, "Deployment", release));
  const met = hook("keeps track of its Service", (cluster) => track(cluster, "Service", release));
  return {
    slot: { beforeCreate: [room], afterCreate: [seen] },
    service: { beforeCreate: [place], afterCreate: [met] },
  };
}
