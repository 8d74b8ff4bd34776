import { setTimeout as sleep } from "node:timers/promises";
import type { Cluster, Live } from "../../core/cluster/cluster.ts";
import { pausedAnnotation } from "../../core/labels.ts";

/** What stands still. */
export interface Paused {
  deployments: readonly string[];
  cronJobs: readonly string[];
}

type Pausable = "Deployment" | "CronJob";

const manager = "palier-pause";

/** Brings it all to a standstill. What has not ended in time, or is interrupted, is an error, and everything goes on. */
export async function pause(cluster: Cluster, paused: Paused, seconds: number, ended?: AbortSignal): Promise<void> {
  const until = Date.now() + seconds * 1000;
  try {
    await each(paused, (kind, name) => halt(cluster, kind, name));
    await each(paused, async (kind, name) => {
      for (let at = await atWork(cluster, kind, name); at !== undefined; at = await atWork(cluster, kind, name)) {
        if (Date.now() > until) throw new Error(`${at} is still at work after ${seconds} s`);
        await sleep(500, undefined, { signal: ended });
      }
    });
  } catch (error) {
    await resume(cluster, paused);
    throw error;
  }
}

/** Lets go on what stands still, as it was before. What never stood still, or is not there, is left alone. */
export function resume(cluster: Cluster, paused: Paused): Promise<void> {
  return each(paused, async (kind, name) => {
    const before = (await cluster.get(kind, name))?.metadata.annotations?.[pausedAnnotation];
    if (before === undefined) return;
    if (kind === "Deployment") await cluster.scale(kind, name, Number(before), manager);
    else await cluster.patch(kind, name, [{ op: "add", path: "/spec/suspend", value: before === "true" }], manager);
    await cluster.patch(kind, name, [{ op: "remove", path: inAnnotations }], manager);
    await leaveNoTrace(cluster, kind, name);
  });
}

async function each({ deployments, cronJobs }: Paused, work: (kind: Pausable, name: string) => Promise<void>) {
  for (const name of deployments) await work("Deployment", name);
  for (const name of cronJobs) await work("CronJob", name);
}

const inAnnotations = `/metadata/annotations/${pausedAnnotation.replace("/", "~1")}`;

/** How it was is written down first: whoever comes after a crash finds it there, and one that was halted before keeps it. */
async function halt(cluster: Cluster, kind: Pausable, name: string): Promise<void> {
  const live = await cluster.get(kind, name);
  if (live === undefined) return;
  if (live.metadata.annotations?.[pausedAnnotation] === undefined) {
    const before = String(kind === "Deployment" ? live["spec"].replicas : (live["spec"].suspend ?? false));
    const annotations = live.metadata.annotations
      ? []
      : [{ op: "add" as const, path: "/metadata/annotations", value: {} }];
    await cluster.patch(kind, name, [...annotations, { op: "add", path: inAnnotations, value: before }], manager);
  }
  if (kind === "Deployment") await cluster.scale(kind, name, 0, manager);
  else await cluster.patch(kind, name, [{ op: "add", path: "/spec/suspend", value: true }], manager);
}

/** What of it still works, by its kind and name. */
async function atWork(cluster: Cluster, kind: Pausable, name: string): Promise<string | undefined> {
  const live = await cluster.get(kind, name);
  if (live === undefined) return undefined;
  const [what, all] =
    kind === "Deployment"
      ? ["pod", await cluster.list("Pod", live["spec"].selector.matchLabels)]
      : ["Job", (await cluster.list("Job")).filter((job) => isOf(live, job) && job["status"]?.active > 0)];
  return all[0] && `${what} ${all[0].metadata.name} of ${kind} ${name}`;
}

function isOf(owner: Live, { metadata }: Live): boolean {
  return (metadata.ownerReferences ?? []).some(({ uid }) => uid === owner.metadata.uid);
}

/** Whoever declares a field that this took over for a while would be told of a conflict: it gives all of them back. */
async function leaveNoTrace(cluster: Cluster, kind: Pausable, name: string): Promise<void> {
  for (let tries = 0; tries < 5; tries++) {
    const live = await cluster.get(kind, name);
    const { resourceVersion, managedFields = [] } = live?.metadata ?? {};
    const others = managedFields.filter((one) => one.manager !== manager);
    if (others.length === managedFields.length) return;
    const unchanged = { op: "test", path: "/metadata/resourceVersion", value: resourceVersion } as const;
    const given = { op: "replace", path: "/metadata/managedFields", value: others } as const;
    if (await cluster.patch(kind, name, [unchanged, given], manager)) return;
  }
}
