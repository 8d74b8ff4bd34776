import type { Cluster, Live } from "../../core/cluster/cluster.ts";
import { slotLabel, trackedAnnotation } from "../../core/labels.ts";
import { manager, type Release } from "./release.ts";
import type { Say } from "./say.ts";
import { deploymentOf } from "./slot.ts";
import type { Led } from "./traffic.ts";

/** What there is of each release. */
export type SlotKind = "Deployment" | "Service";

/** Removes releases that nobody keeps track of: the engine was killed while it made them. */
export async function sweep(cluster: Cluster, release: Release, led: Led | undefined, say: Say): Promise<void> {
  const kept = new Set([release.slot, release.phase?.slot, led?.selected, led?.committed]);
  for (const kind of ["Service", "Deployment"] as const) {
    for (const live of await cluster.list(kind, release.pods)) {
      const slot = selects(live)[slotLabel];
      if (slot === undefined || kept.has(slot) || !isOrphan(live, release)) continue;
      await cluster.delete(kind, live.metadata.name);
      if (kind === "Deployment")
        say.info(`${release.app}: removed ${live.metadata.name}, which an update that was cut off had left`);
    }
  }
}

/** Before a slot is made: what stands there under its name, tracked by nobody and without traffic, is in the way. */
export async function clear(
  cluster: Cluster,
  kind: SlotKind,
  release: Release,
  led: Led | undefined,
  say: Say,
): Promise<void> {
  const { app, slot } = release;
  if (led === undefined || led.selected === slot) return;
  const name = deploymentOf(app, slot);
  const live = await cluster.get(kind, name);
  if (!live || !isOrphan(live, release)) return;
  await cluster.delete(kind, name);
  for (let tries = 0; tries < 60 && (await cluster.get(kind, name)); tries++) {
    await new Promise((done) => setTimeout(done, 250));
  }
  say.info(`${app}: removed ${kind} ${name}, which an update that was cut off had left`);
}

/** Marks what of a slot the engine has seen made. */
export async function track(cluster: Cluster, kind: SlotKind, { app, slot }: Release): Promise<void> {
  const live = await cluster.get(kind, deploymentOf(app, slot));
  const annotations = live?.metadata.annotations;
  const [first, value] = annotations
    ? [`/metadata/annotations/${trackedAnnotation.replace("/", "~1")}`, "true"]
    : ["/metadata/annotations", { [trackedAnnotation]: "true" }];
  await cluster.patch(kind, deploymentOf(app, slot), [{ op: "add", path: first as string, value }], manager);
}

/** A Deployment says it one level below. */
function selects({ spec }: Live): Record<string, string> {
  return spec?.selector?.matchLabels ?? spec?.selector ?? {};
}

function isOrphan(live: Live, { app, system, pods }: Release): boolean {
  const { metadata } = live;
  const labels = metadata.labels ?? {};
  const selected = selects(live);
  const ours = labels["app.kubernetes.io/managed-by"] === "palier" && labels["app.kubernetes.io/part-of"] === system;
  const same = Object.entries(pods).every(([label, value]) => selected[label] === value);
  return ours && same && metadata.name !== app && metadata.annotations?.[trackedAnnotation] !== "true";
}
