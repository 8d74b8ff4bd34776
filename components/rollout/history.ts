import type { Cluster } from "../../core/cluster/cluster.ts";
import { imageAnnotation } from "../../core/labels.ts";
import { type GoodRelease, readHistory, withRelease } from "../../core/records/history.ts";
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
  now = new Date(),
): Promise<void> {
  const image = inputs.metadata?.annotations?.[imageAnnotation];
  const live = await cluster.get("ConfigMap", historyName(app));
  if (!image || !live) return;
  const before = readHistory(live["data"]?.history);
  const added = { release: shortDigest(image), image, at: now.toISOString() };
  await write(cluster, app, withRelease(before, added));
}

/** Before something is taken away that older releases need: from then on none of them can come back. */
export async function noteContraction(cluster: Cluster, app: string, image: string): Promise<void> {
  const good = readHistory((await cluster.get("ConfigMap", historyName(app)))?.["data"]?.history);
  const last = good.at(-1);
  if (!last) return;
  if (last.image !== image) {
    throw new Error(
      `the contraction takes away what older versions use, and the last good release of ${app} is ${last.image}: ` +
        `release ${image} without it first, and contract by an update of its own`,
    );
  }
  if (!last.contract) await write(cluster, app, [...good.slice(0, -1), { ...last, contract: true }]);
}

async function write(cluster: Cluster, app: string, history: GoodRelease[]): Promise<void> {
  const data = { history: JSON.stringify(history) };
  await cluster.apply("ConfigMap", { metadata: { name: historyName(app) }, data }, manager, true);
}
