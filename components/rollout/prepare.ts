import type { Cluster } from "../../core/cluster/cluster.ts";
import { ask } from "./ask.ts";
import { pause } from "./interrupted.ts";
import { countsOf, podsOf } from "./pods.ts";
import type { Release } from "./release.ts";
import type { Say } from "./say.ts";
import { deploymentOf } from "./slot.ts";
import { troubleOf } from "./trouble.ts";

const everyMs = 500;

/**
 * As many pods as serve now, before the first request: fewer would time out under the load that the others carried. Where the
 * release has had a share for a while, the others have become fewer by it: they too are made as many as all requests need, so
 * that they can be led back.
 *
 * @param had The share it has already, in percent.
 * @returns how many that are
 */
export async function asMany(
  cluster: Cluster,
  release: Release,
  from: string,
  had: number,
  say: Say,
  signal: AbortSignal,
): Promise<number> {
  const count = await alone(cluster, release, from, had);
  await many(cluster, release, release.slot, count, say, signal);
  if (had > 0) await many(cluster, release, from, count, say, signal);
  return count;
}

/** How many of a slot all requests need, of which some go elsewhere now. @param away Their share, in percent. */
export async function alone(cluster: Cluster, { app, min, max }: Release, slot: string, away: number): Promise<number> {
  const wanted = (await countsOf(cluster, app, slot))?.wanted ?? 0;
  const needed = away > 0 && away < 100 ? Math.min(max, Math.ceil((wanted * 100) / (100 - away))) : wanted;
  return Math.max(min, wanted, needed);
}

/** So many of a slot, that can serve. */
export async function many(
  cluster: Cluster,
  release: Release,
  slot: string,
  count: number,
  say: Say,
  signal: AbortSignal,
): Promise<void> {
  const name = deploymentOf(release.app, slot);
  const until = Date.now() + (release.deadlineSeconds + release.minReadySeconds) * 1000;
  for (;;) {
    const now = await countsOf(cluster, release.app, slot);
    if (!now)
      throw new Error(`its Deployment ${name} is not there, though it was made: pulumi up --refresh makes it anew`);
    if (now.wanted < count) await cluster.scale("Deployment", name, count);
    else if (now.seen && now.available >= count) return;
    else if (Date.now() > until) {
      const why = await troubleOf(cluster, await podsOf(cluster, release, slot));
      throw new Error(`${now.available} of ${count} pods can serve after ${release.deadlineSeconds} s: ${why}`);
    }
    say.step(`${slot}: ${now.available} of ${count} pods can serve`);
    await pause(everyMs, signal);
  }
}

/** Each new pod answers well, before any of them gets traffic. */
export async function smoke(cluster: Cluster, release: Release, say: Say, signal: AbortSignal): Promise<void> {
  const { tried, slot, port } = release;
  const until = Date.now() + tried.smokeSeconds * 1000;
  for (;;) {
    const pods = await podsOf(cluster, release, slot);
    const answers = await Promise.all(pods.map((pod) => ask(cluster, pod, port, tried.smoke)));
    const problem = pods.length === 0 ? "it has no pods" : answers.find((one) => one.problem !== undefined)?.problem;
    if (problem === undefined) return;
    if (Date.now() > until) throw new Error(`smoke test: ${problem}`);
    say.step(`${slot}: ${problem}`);
    await pause(everyMs, signal);
  }
}
