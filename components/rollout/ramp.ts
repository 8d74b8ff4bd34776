import type { Cluster } from "../../core/cluster/cluster.ts";
import { countsOf } from "./pods.ts";
import { isWanted } from "./recordObject.ts";
import type { Release } from "./release.ts";
import type { Say } from "./say.ts";
import { isSame, lead, type Shares, weightsOf } from "./shares.ts";
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
  /** The same without the release itself. */
  readonly #without: Shares | undefined;
  #now: Shares | undefined;
  /** Where it is being led: a write whose answer was lost may have been done. */
  #next: Shares | undefined;
  /** The share that the release has had before, in percent. */
  readonly had: number;

  private constructor(cluster: Cluster, release: Release, from: string, before: Shares | undefined) {
    this.#cluster = cluster;
    this.#release = release;
    this.#from = from;
    this.#before = before;
    this.#now = before;
    const { [this.#own]: had = 0, ...others } = before ?? {};
    this.had = had;
    this.#without = before && (had === 0 ? before : scaled(others, 100));
  }

  static async of(cluster: Cluster, release: Release, from: string): Promise<Ramp> {
    return new Ramp(cluster, release, from, (await weightsOf(cluster, release))?.shares);
  }

  /** What leads to the release. */
  get #own(): string {
    const { canary, app, slot } = this.#release;
    return canary ? deploymentOf(app, slot) : app;
  }

  /** @param count Pods of the release. */
  async up(watch: Watch, count: number, say: Say, signal: AbortSignal): Promise<void> {
    const { app, slot, tried, share = 100 } = this.#release;
    for (const step of tried.steps) {
      const { weight } = step;
      if (weight > share || (weight < 100 && weight <= this.had)) continue;
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
    const { slot } = this.#release;
    if (!(await isWanted(this.#cluster, this.#release))) throw new Error("another release was started meanwhile");
    const meanwhile = new Error("somebody else moved its traffic meanwhile");
    if (weight === 100 && !(await this.#moved(this.#from, slot))) throw meanwhile;
    if (!this.#without || !this.#now) return;
    const rest = 100 - weight;
    const to: Shares = { ...(rest > 0 && scaled(this.#without, rest)), [this.#own]: weight };
    this.#next = to;
    if (!(await this.#led(this.#now, to))) throw meanwhile;
    this.#now = to;
  }

  /** What was repeated since its answer was lost is refused, and done. */
  async #moved(from: string, to: string): Promise<boolean> {
    const { app } = this.#release;
    return (await move(this.#cluster, app, from, to)) || (await ledOf(this.#cluster, app))?.selected === to;
  }

  async #led(from: Shares, to: Shares): Promise<boolean> {
    if (await lead(this.#cluster, this.#release, from, to)) return true;
    const now = await this.#shares();
    return now !== undefined && isSame(now, to);
  }

  async #shares(): Promise<Shares | undefined> {
    return (await weightsOf(this.#cluster, this.#release))?.shares;
  }

  /**
   * @param before Only as far as it was led before; else all goes back, also what the release has had for a while.
   * @returns what became of the traffic, in words
   */
  async back(before: boolean): Promise<string> {
    const { app, slot } = this.#release;
    const from = this.#from;
    const led = await ledOf(this.#cluster, app);
    const to = before ? this.#before : this.#without;
    const now = to && ((await this.#shares()) ?? this.#now!);
    const moved = to !== undefined && !isSame(now!, to);
    if (led?.selected !== slot && !moved) return `and ${from} has served all the time`;
    const old = await countsOf(this.#cluster, app, from);
    if (!old || old.available === 0) return `and ${slot} goes on, since no pod of ${from} is there any more`;
    const own = [this.#now, this.#next].some((one) => one && now && isSame(one, now));
    const done = [
      !moved || (own && (await this.#led(now!, to))),
      led?.selected !== slot || (await this.#moved(slot, from)),
    ];
    if (!done.every(Boolean)) return "and somebody else has moved its traffic meanwhile";
    return before && this.had > 0 ? `and it has ${this.had} % as before` : `and all traffic is back at ${from}`;
  }
}

/** The same proportions, of so many percent in all. */
function scaled(shares: Shares, to: number): Shares {
  const all = Object.values(shares).reduce((sum, share) => sum + share, 0) || 1;
  return Object.fromEntries(Object.entries(shares).map(([service, share]) => [service, (share * to) / all]));
}
