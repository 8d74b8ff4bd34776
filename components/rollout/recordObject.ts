import type { Cluster } from "../../core/cluster/cluster.ts";
import type { Release } from "./release.ts";

/** The ConfigMap in which it stands what is wanted, before anything of it is made. */
export function recordName(app: string): string {
  return `${app}-release`;
}

/** Whether this is what the last update wants: the release, or so large a share of it beside the one that counts. */
export async function isWanted(cluster: Cluster, { app, slot, share }: Release): Promise<boolean> {
  const { target, next, share: wanted } = (await cluster.get("ConfigMap", recordName(app)))?.["data"] ?? {};
  return share === undefined ? target === slot : next === slot && wanted === String(share);
}
