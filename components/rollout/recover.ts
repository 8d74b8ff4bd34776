import type { Cluster } from "../../core/cluster/cluster.ts";
import { countsOf } from "./pods.ts";
import type { Say } from "./say.ts";
import { type Led, ledOf, move } from "./traffic.ts";

/**
 * Puts back what a release left that was cut off while it moved the traffic: what is selected is what the engine has
 * committed, or nobody would know who serves. Undefined where there is no Service yet.
 */
export async function recover(cluster: Cluster, app: string, say: Say): Promise<Led | undefined> {
  const led = await ledOf(cluster, app);
  if (!led?.selected || !led.committed || led.selected === led.committed) return led;
  const { selected, committed } = led;
  const back = await countsOf(cluster, app, committed);
  if (!back || back.available === 0) {
    say.warn(`${app}: ${committed} was committed and is gone; ${selected} serves, and goes on`);
    return { selected, committed: selected };
  }
  if (!(await move(cluster, app, selected, committed))) throw new Error(`${app}: somebody else moves its traffic now`);
  say.info(`${app}: a release to ${selected} was cut off; all traffic is back at ${committed}`);
  return { selected: committed, committed };
}
