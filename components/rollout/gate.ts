import type { Cluster } from "../../core/cluster/cluster.ts";
import { bake } from "./bake.ts";
import { interruptible } from "./interrupted.ts";
import { countsOf } from "./pods.ts";
import { asMany, smoke } from "./prepare.ts";
import { isWanted } from "./recordObject.ts";
import { recover } from "./recover.ts";
import type { Release } from "./release.ts";
import type { Say } from "./say.ts";
import { ledOf, move } from "./traffic.ts";

/**
 * Goes before the engine's own write of the Service, and rehearses it: the new release is made as many as the old one,
 * tried, given all traffic and watched. Returns where it is good, and the engine then writes the same, which commits it;
 * else everything is put back and it throws, so that the write never comes and what the engine knows is what there is.
 */
export function gate(cluster: Cluster, release: Release, say: Say): Promise<void> {
  return interruptible(async (signal) => {
    const { app, slot } = release;
    const led = await recover(cluster, app, say);
    if (!led?.selected || led.selected === slot) return;
    const from = led.selected;
    const since = Date.now();
    try {
      const count = await asMany(cluster, release, from, say, signal);
      await smoke(cluster, release, say, signal);
      await moveOn(cluster, release, from);
      say.info(`${app}: ${slot} has all traffic, with ${count} pods; ${from} stands by`);
      await bake(cluster, release, count, say, signal);
    } catch (error) {
      const back = await putBack(cluster, release, from).catch((problem) => `not put back: ${problem.message}`);
      throw new Error(
        `${app}: the release of ${slot} in place of ${from} failed, ${back}. Cause: ${(error as Error).message}`,
      );
    }
    say.info(`${app}: ${slot} is good after ${Math.round((Date.now() - since) / 1000)} s`);
  });
}

/** A program that the engine has lost may still be at it: only the release that is on record moves traffic. */
async function moveOn(cluster: Cluster, release: Release, from: string): Promise<void> {
  const { app, slot } = release;
  if (!(await isWanted(cluster, app, slot))) throw new Error("another release was started meanwhile");
  if (!(await move(cluster, app, from, slot))) throw new Error("somebody else moved its traffic meanwhile");
}

/** @returns what became of the traffic, in words */
async function putBack(cluster: Cluster, { app, slot }: Release, from: string): Promise<string> {
  const led = await ledOf(cluster, app);
  if (led?.selected !== slot) return `and ${from} has served all the time`;
  const old = await countsOf(cluster, app, from);
  if (!old || old.available === 0) return `and ${slot} goes on, since no pod of ${from} is there any more`;
  const moved = await move(cluster, app, slot, from);
  return moved ? `and all traffic is back at ${from}` : "and somebody else has moved its traffic meanwhile";
}
