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
 * One that is to wait at a share gets that far, and the write is that of what gives shares.
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
      const count = await asMany(cluster, release, from, ramp.had, say, signal);
      await smoke(cluster, release, say, signal);
      await ramp.up(new Watch(cluster, release, count), count, say, signal);
    } catch (error) {
      const back = await ramp.back(signal.aborted).catch((problem) => `not put back: ${problem.message}`);
      throw new Error(
        `${app}: the release of ${slot} ${release.share === undefined ? "in place of" : "beside"} ${from} failed, ${back}. Cause: ${(error as Error).message}`,
      );
    }
    const end = release.share === undefined ? "" : `; it stays at ${release.share} % until the next phase`;
    say.info(`${app}: ${slot} is good after ${Math.round((Date.now() - since) / 1000)} s${end}`);
  });
}
