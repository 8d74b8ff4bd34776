import type { Cluster, Live } from "../../core/cluster/cluster.ts";
import { slotLabel } from "../../core/labels.ts";
import type { Release } from "./release.ts";
import { deploymentOf } from "./slot.ts";

/** The pods of a slot that were not told to end. */
export async function podsOf(cluster: Cluster, { pods }: Release, slot: string): Promise<Live[]> {
  const all = await cluster.list("Pod", { ...pods, [slotLabel]: slot });
  return all.filter(({ metadata }) => metadata.deletionTimestamp === undefined);
}

export function isReady(pod: Live): boolean {
  const conditions: { type: string; status: string }[] = pod["status"]?.conditions ?? [];
  return conditions.some(({ type, status }) => type === "Ready" && status === "True");
}

/** How often the pod's containers were started anew. */
export function restartsOf(pod: Live): number {
  const statuses: { restartCount?: number }[] = pod["status"]?.containerStatuses ?? [];
  return statuses.reduce((sum, { restartCount = 0 }) => sum + restartCount, 0);
}

/** How many pods of a slot are wanted, and how many can serve; undefined where the slot has no Deployment. */
export async function countsOf(cluster: Cluster, app: string, slot: string) {
  const live = await cluster.get("Deployment", deploymentOf(app, slot));
  if (!live) return undefined;
  const { spec, status = {}, metadata } = live;
  const seen = (status.observedGeneration ?? 0) >= (metadata.generation ?? 0);
  return { wanted: spec.replicas as number, available: (status.availableReplicas ?? 0) as number, seen };
}
