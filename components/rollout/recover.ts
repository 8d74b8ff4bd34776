import type { Cluster } from "../../core/cluster/cluster.ts";
import { countsOf } from "./pods.ts";
import type { Release } from "./release.ts";
import type { Say } from "./say.ts";
import { isSame, lead, weightsOf } from "./shares.ts";
import { deploymentOf } from "./slot.ts";
import { type Led, ledOf, move } from "./traffic.ts";

/**
 * Puts back what a release left that was cut off while it moved the traffic: what is led to is what the engine has
 * committed, or nobody would know who serves. Undefined where there is no Service yet.
 */
export async function recover(cluster: Cluster, release: Release, say: Say): Promise<Led | undefined> {
  const { app } = release;
  const led = await ledOf(cluster, app);
  if (!led?.selected || !led.committed) return led;
  const { selected, committed } = led;
  if (selected === committed) {
    await recoverShares(cluster, release, committed, say);
    return led;
  }
  const back = await countsOf(cluster, app, committed);
  if (!back || back.available === 0) {
    say.warn(`${app}: ${committed} was committed and is gone; ${selected} serves, and goes on`);
    return { selected, committed: selected };
  }
  if (!(await move(cluster, app, selected, committed))) throw new Error(`${app}: somebody else moves its traffic now`);
  await recoverShares(cluster, release, committed);
  say.info(`${app}: a release to ${selected} was cut off; all traffic is back at ${committed}`);
  return { selected: committed, committed };
}

/** The same for the shares at the edge: to the Service that the engine has written there, where that is the committed release's. */
async function recoverShares(cluster: Cluster, release: Release, committed: string, say?: Say): Promise<void> {
  const { app } = release;
  const weights = await weightsOf(cluster, release);
  if (!weights) return;
  const good = [app, deploymentOf(app, committed)];
  const strangers = Object.keys(weights.shares).filter((service) => !good.includes(service));
  const written = good.includes(weights.committed) && (await cluster.get("Service", weights.committed)) !== undefined;
  if (!written && strangers.length === 0) return;
  const to = { [written ? weights.committed : app]: 100 };
  if (isSame(weights.shares, to)) return;
  if (!(await lead(cluster, release, weights.shares, to)))
    throw new Error(`${app}: somebody else moves its traffic now`);
  const name = strangers[0]?.slice(app.length + 1);
  if (name) say?.info(`${app}: a release to ${name} was cut off; all traffic is back at ${committed}`);
}
