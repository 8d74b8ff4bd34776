import type { Cluster } from "../../core/cluster/cluster.ts";
import { ask } from "./ask.ts";
import { pause } from "./interrupted.ts";
import { countsOf, podsOf, restartsOf } from "./pods.ts";
import type { Release } from "./release.ts";
import type { Say } from "./say.ts";
import { troubleOf } from "./trouble.ts";

const everyMs = 1000;

/** How often the same pod may fail to answer: one answer lost on the way to it says nothing of the release. */
const tolerated = 1;

/** Watches the release under all its traffic. Throws what is wrong with it. */
export async function bake(
  cluster: Cluster,
  release: Release,
  count: number,
  say: Say,
  signal: AbortSignal,
): Promise<void> {
  const { tried, slot } = release;
  const until = Date.now() + tried.bakeSeconds * 1000;
  const failed = new Map<string, number>();
  const restarts = new Map<string, number>();
  while (Date.now() < until) {
    const took = await look(cluster, release, count, failed, restarts);
    const left = Math.ceil((until - Date.now()) / 1000);
    say.step(`${slot} has all traffic: ${count} pods answer, slowest in ${took} ms; ${Math.max(0, left)} s left`);
    await pause(Math.min(everyMs, Math.max(0, until - Date.now())), signal);
  }
}

async function look(
  cluster: Cluster,
  release: Release,
  count: number,
  failed: Map<string, number>,
  restarts: Map<string, number>,
): Promise<number> {
  const { app, slot, port, tried } = release;
  const pods = await podsOf(cluster, release, slot);
  for (const pod of pods) {
    const { name } = pod.metadata;
    const before = restarts.get(name) ?? restartsOf(pod);
    restarts.set(name, before);
    if (restartsOf(pod) > before) throw new Error(`under traffic: ${await troubleOf(cluster, [pod])}`);
  }
  const now = await countsOf(cluster, app, slot);
  if (!now || now.available < count) {
    const why = await troubleOf(cluster, pods);
    throw new Error(`under traffic: ${now?.available ?? 0} of ${count} pods can serve: ${why}`);
  }
  const since = Date.now();
  const answers = await Promise.all(pods.map(({ metadata }) => ask(cluster, metadata.name, port, tried.smoke)));
  for (const [index, problem] of answers.entries()) {
    const { name } = pods[index]!.metadata;
    const times = problem ? (failed.get(name) ?? 0) + 1 : 0;
    failed.set(name, times);
    if (times > tolerated) throw new Error(`under traffic: ${problem}`);
  }
  return Date.now() - since;
}
