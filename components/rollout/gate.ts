import type { Cluster } from "../../core/cluster/cluster.ts";
import { interruptible } from "./interrupted.ts";
import { asMany, smoke } from "./prepare.ts";
import { Ramp } from "./ramp.ts";
import { recover } from "./recover.ts";
import type { Release } from "./release.ts";
import type { Say } from "./say.ts";
import { Watch } from "./watch.ts";

/**
 * Goes before the engine's own write of the Service, and rehearses it: the new release is made as many as the old one,
 * tried, given its shares of the traffic and watched. Returns where it is good, and the engine then writes the same, which
 * commits it; else everything is put back and it throws, so that the write never comes and what the engine knows is what there is.
 */
export function gate(cluster: Cluster, release: Release, say: Say): Promise<void> {
  return interruptible(async (signal) => {
    const { app, slot } = release;
    const led = await recover(cluster, release, say);
    if (!led?.selected || led.selected === slot) return;
    const from = led.selected;
    const since = Date.now();
    const ramp = await Ramp.of(cluster, release, from);
    try {
      const count = await asMany(cluster, release, from, say, signal);
      await smoke(cluster, release, say, signal);
      await ramp.up(new Watch(cluster, release, count), count, say, signal);
    } catch (error) {
      const back = await ramp.back().catch((problem) => `not put back: ${problem.message}`);
      throw new Error(
        `${app}: the release of ${slot} in place of ${from} failed, ${back}. Cause: ${(error as Error).message}`,
      );
    }
    say.info(`${app}: ${slot} is good after ${Math.round((Date.now() - since) / 1000)} s`);
  });
}
