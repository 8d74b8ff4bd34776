import type { Cluster, Live } from "../../core/cluster/cluster.ts";
import { slotLabel, trackedAnnotation } from "../../core/labels.ts";
import { manager, type Release } from "./release.ts";
import type { Say } from "./say.ts";
import { deploymentOf } from "./slot.ts";
import type { Led } from "./traffic.ts";

/** Removes releases that nobody keeps track of: the engine was killed while it made them. */
export async function sweep(cluster: Cluster, release: Release, led: Led | undefined, say: Say): Promise<void> {
  const kept = new Set([release.slot, led?.selected, led?.committed]);
  for (const live of await cluster.list("Deployment", release.pods)) {
    const slot = slotOfLive(live);
    if (slot === undefined || kept.has(slot) || !isOrphan(live, release)) continue;
    await cluster.delete("Deployment", live.metadata.name);
    say.info(`${release.app}: removed ${live.metadata.name}, which an update that was cut off had left`);
  }
}

/** Before a slot is made: what stands there under its name, tracked by nobody and without traffic, is in the way. */
export async function clear(cluster: Cluster, release: Release, led: Led | undefined, say: Say): Promise<void> {
  const { app, slot } = release;
  if (led === undefined || led.selected === slot) return;
  const name = deploymentOf(app, slot);
  const live = await cluster.get("Deployment", name);
  if (!live || !isOrphan(live, release)) return;
  await cluster.delete("Deployment", name);
  for (let tries = 0; tries < 60 && (await cluster.get("Deployment", name)); tries++) {
    await new Promise((done) => setTimeout(done, 250));
  }
  say.info(`${app}: removed ${name}, which an update that was cut off had left`);
}

/** Marks a slot that the engine has seen made. */
export async function track(cluster: Cluster, { app, slot }: Release): Promise<void> {
  const path = `/metadata/annotations/${trackedAnnotation.replace("/", "~1")}`;
  await cluster.patch("Deployment", deploymentOf(app, slot), [{ op: "add", path, value: "true" }], manager);
}

function slotOfLive(live: Live): string | undefined {
  return live["spec"]?.selector?.matchLabels?.[slotLabel];
}

function isOrphan({ metadata, spec }: Live, { system, pods }: Release): boolean {
  const labels = metadata.labels ?? {};
  const selects: Record<string, string> = spec?.selector?.matchLabels ?? {};
  const ours = labels["app.kubernetes.io/managed-by"] === "palier" && labels["app.kubernetes.io/part-of"] === system;
  const same = Object.entries(pods).every(([label, value]) => selects[label] === value);
  return ours && same && metadata.annotations?.[trackedAnnotation] !== "true";
}
