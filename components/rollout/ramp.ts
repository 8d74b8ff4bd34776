import type { Cluster } from "../../core/cluster/cluster.ts";
import { countsOf } from "./pods.ts";
import { isWanted } from "./recordObject.ts";
import type { Release } from "./release.ts";
import type { Say } from "./say.ts";
import { lead, type Shares, weightsOf } from "./shares.ts";
import { deploymentOf } from "./slot.ts";
import { ledOf, move } from "./traffic.ts";
import type { Watch } from "./watch.ts";

/**
 * Moves the traffic from one release to another, step by step, and back. The edge's share goes first; with the last step goes
 * what comes from inside the cluster too, by the app's own Service. A flip is a ramp of that step alone.
 */
export class Ramp {
  readonly #cluster: Cluster;
  readonly #release: Release;
  readonly #from: string;
  /** How the edge led before, and as this ramp has last led it. */
  readonly #before: Shares | undefined;
  #now: Shares | undefined;

  private constructor(cluster: Cluster, release: Release, from: string, before: Shares | undefined) {
    this.#cluster = cluster;
    this.#release = release;
    this.#from = from;
    this.#before = before;
    this.#now = before;
  }

  static async of(cluster: Cluster, release: Release, from: string): Promise<Ramp> {
    return new Ramp(cluster, release, from, (await weightsOf(cluster, release))?.shares);
  }

  /** @param count Pods of the release. */
  async up(watch: Watch, count: number, say: Say, signal: AbortSignal): Promise<void> {
    const { app, slot, tried } = this.#release;
    for (const step of tried.steps) {
      const { weight } = step;
      if (weight < 100 && !this.#before) {
        say.info(`${app}: nothing leads a share to ${slot} yet, so all traffic moves at once`);
        continue;
      }
      await this.#to(weight);
      const has = weight === 100 ? "all traffic" : `${weight} % of the requests`;
      say.info(`${app}: ${slot} has ${has}, with ${count} pods; ${this.#from} stands by`);
      await watch.under(step, say, signal);
    }
  }

  /** A program that the engine has lost may still be at it: only the release that is on record moves traffic. */
  async #to(weight: number): Promise<void> {
    const { app, slot, canary } = this.#release;
    if (!(await isWanted(this.#cluster, app, slot))) throw new Error("another release was started meanwhile");
    const meanwhile = new Error("somebody else moved its traffic meanwhile");
    if (weight === 100 && !(await move(this.#cluster, app, this.#from, slot))) throw meanwhile;
    if (!this.#before || !this.#now) return;
    const own = canary ? deploymentOf(app, slot) : app;
    const rest = 100 - weight;
    const left = Object.entries(this.#before).map(([service, share]) => [service, (share * rest) / 100]);
    const to: Shares = { ...(rest > 0 && Object.fromEntries(left)), [own]: weight };
    if (!(await lead(this.#cluster, this.#release, this.#now, to))) throw meanwhile;
    this.#now = to;
  }

  /** @returns what became of the traffic, in words */
  async back(): Promise<string> {
    const { app, slot } = this.#release;
    const from = this.#from;
    const led = await ledOf(this.#cluster, app);
    const moved = this.#before !== this.#now;
    if (led?.selected !== slot && !moved) return `and ${from} has served all the time`;
    const old = await countsOf(this.#cluster, app, from);
    if (!old || old.available === 0) return `and ${slot} goes on, since no pod of ${from} is there any more`;
    const done = [
      !moved || (await lead(this.#cluster, this.#release, this.#now!, this.#before!)),
      led?.selected !== slot || (await move(this.#cluster, app, slot, from)),
    ];
    return done.every(Boolean)
      ? `and all traffic is back at ${from}`
      : "and somebody else has moved its traffic meanwhile";
  }
}
