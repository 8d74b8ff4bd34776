import type { Cluster } from "../../core/cluster/cluster.ts";
import { countsOf } from "./pods.ts";
import type { Release } from "./release.ts";
import type { Say } from "./say.ts";
import { isSame, lead, type Shares, type Weights, weightsOf } from "./shares.ts";
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
  const written = await writtenOf(cluster, weights, good);
  const to = written ?? { [app]: 100 };
  const strangers = Object.keys(weights.shares).filter((service) => !good.includes(service) && !(service in to));
  if (!written && strangers.length === 0) return;
  if (isSame(weights.shares, to)) return warnOfLost(release, weights, say);
  if (!(await lead(cluster, release, weights.shares, to)))
    throw new Error(`${app}: somebody else moves its traffic now`);
  const more = Object.keys(weights.shares).find((service) => !good.includes(service));
  const name = more?.slice(app.length + 1);
  const back = more !== undefined && to[more] ? `it has ${to[more]} % again` : `all traffic is back at ${committed}`;
  if (name) say?.info(`${app}: a release to ${name} was cut off; ${back}`);
}

/** What failed under a greater share has none any more: the engine, which has written the lesser one, sees nothing to do. */
function warnOfLost({ app, phase }: Release, { committed, shares }: Weights, say?: Say): void {
  const service = phase && deploymentOf(app, phase.slot);
  if (!service || committed[service] !== phase.share || shares[service]) return;
  say?.warn(
    `${app}: all requests were taken from ${phase.slot}, which had ${phase.share} %: give it them by pulumi up --refresh`,
  );
}

/**
 * What the engine has written, where that leads to the release which counts; undefined where it does not. What has a share beside
 * that keeps it, but gets none back that it lost: it was taken from it, since it was found wanting.
 */
async function writtenOf(
  cluster: Cluster,
  { committed, shares }: Weights,
  good: string[],
): Promise<Shares | undefined> {
  const main = Object.keys(committed).find((service) => good.includes(service));
  if (main === undefined || !(await cluster.get("Service", main))) return undefined;
  const to: Shares = { [main]: 100 };
  for (const [service, share] of Object.entries(committed)) {
    const kept = Math.min(share, shares[service] ?? 0);
    if (service === main || kept === 0 || !(await cluster.get("Service", service))) continue;
    to[service] = kept;
    to[main]! -= kept;
  }
  return to;
}
