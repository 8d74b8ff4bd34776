import type { Cluster } from "../../core/cluster/cluster.ts";

/** The ConfigMap in which it stands what is wanted, before anything of it is made. */
export function recordName(app: string): string {
  return `${app}-release`;
}

/** Whether this is the release that the last update wants. */
export async function isWanted(cluster: Cluster, app: string, slot: string): Promise<boolean> {
  const record = await cluster.get("ConfigMap", recordName(app));
  return record?.["data"]?.target === slot;
}
