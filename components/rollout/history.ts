import type { Cluster } from "../../core/cluster/cluster.ts";
import { imageAnnotation } from "../../core/labels.ts";
import { readHistory, withRelease } from "../../core/records/history.ts";
import { shortDigest } from "./slot.ts";

/** The ConfigMap that keeps the releases which were found good. The engine declares it; what it holds is written here. */
export function historyName(app: string): string {
  return `${app}-releases`;
}

/** As what its content is written: the engine has no say in it, and so no change of it is one to the engine. */
const manager = "palier-history";

/** @param inputs Of the ConfigMap, as the engine is about to write them, or has. */
export async function note(
  cluster: Cluster,
  app: string,
  inputs: { metadata?: { annotations?: Record<string, string> } },
  contract: boolean,
  now = new Date(),
): Promise<void> {
  const image = inputs.metadata?.annotations?.[imageAnnotation];
  const live = await cluster.get("ConfigMap", historyName(app));
  if (!image || !live) return;
  const before = readHistory(live["data"]?.history);
  const added = { release: shortDigest(image), image, at: now.toISOString(), ...(contract ? { contract } : {}) };
  const history = JSON.stringify(withRelease(before, added));
  await cluster.apply("ConfigMap", { metadata: { name: historyName(app) }, data: { history } }, manager, true);
}
