import type { Cluster, Live } from "../../core/cluster/cluster.ts";
import { gate } from "./gate.ts";
import { interruptible } from "./interrupted.ts";
import { alone, many } from "./prepare.ts";
import { recover } from "./recover.ts";
import { besideOf, type Release } from "./release.ts";
import type { Say } from "./say.ts";
import { sharesOf, weightsOf } from "./shares.ts";
import { deploymentOf } from "./slot.ts";

/**
 * Goes before the engine's own write of what gives shares. A release that is to wait at a share is tried and led there step by
 * step; where one loses its share, those that get it are made enough first. What takes all was led there by the gate before, and
 * nothing is left to do.
 *
 * @param inputs Of the object, as the engine is about to write it.
 */
export async function weigh(cluster: Cluster, release: Release, inputs: object, say: Say): Promise<void> {
  const { app, slot } = release;
  const beside = besideOf(release);
  if (beside) await recover(cluster, release, say);
  const now = (await weightsOf(cluster, release))?.shares;
  const wanted = sharesOf(inputs as Live, app);
  if (!now || !wanted) return;
  const grows = (name: string) => (wanted[name] ?? 0) > (now[name] ?? 0);
  if (beside && grows(deploymentOf(app, beside.slot))) return gate(cluster, beside, say);
  const has = now[deploymentOf(app, slot)] ?? 0;
  if (has > 0 && grows(deploymentOf(app, slot))) await readyForAll(cluster, release, 100 - has, say);
}

/** Its autoscaler has followed its lesser share meanwhile. Nobody is kept from going back by that: it is no more than a warning. */
async function readyForAll(cluster: Cluster, release: Release, away: number, say: Say): Promise<void> {
  const { app, slot } = release;
  const hasty = { ...release, deadlineSeconds: Math.min(release.deadlineSeconds, 30), minReadySeconds: 0 };
  try {
    const count = await alone(cluster, hasty, slot, away);
    await interruptible((signal) => many(cluster, hasty, slot, count, say, signal));
  } catch (error) {
    say.warn(`${app}: ${slot} gets all requests again, and ${(error as Error).message}`);
  }
}

/** Nothing has led to it as to a canary before, so that no share could be watched. */
export function refuseUnled({ app, slot, phase }: Release): void {
  if (!phase) return;
  const reason = `${phase.slot} can't have ${phase.share} % beside it: nothing gives shares of its requests yet`;
  throw new Error(`${app}: ${reason}. Bring ${slot} up as a canary without phase first`);
}
