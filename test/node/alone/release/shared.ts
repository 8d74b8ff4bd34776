/** How long after a change of the weights Traefik may still go by the old ones. */
const settled = 700;

/** What each release was heard to answer, while the edge led so and so. */
export class Shared {
  readonly #shares: () => Promise<Record<string, number> | undefined>;
  readonly #changes: { at: number; shares: Record<string, number> }[] = [];
  readonly #heard: { at: number; release: string }[] = [];

  constructor(shares: () => Promise<Record<string, number> | undefined>) {
    this.#shares = shares;
  }

  hear(at: number, body: string): void {
    const [, release] = /"release":"(\w+)"/.exec(body) ?? [];
    if (release !== undefined) this.#heard.push({ at, release });
  }

  /** Looks ten times a second how the edge leads, until the work is done. */
  async during<T>(work: Promise<T>): Promise<T> {
    let done = false;
    const looking = (async () => {
      while (!done) {
        const shares = await this.#shares().catch(() => undefined);
        const last = this.#changes.at(-1)?.shares;
        if (shares && JSON.stringify(shares) !== JSON.stringify(last)) this.#changes.push({ at: Date.now(), shares });
        await new Promise((next) => setTimeout(next, 100));
      }
    })();
    try {
      return await work;
    } finally {
      done = true;
      await looking;
    }
  }

  /** By each weight that a Service had: how many of the requests its release has answered. */
  plateaus(service: string, release: string): { weight: number; share: number; requests: number }[] {
    return this.#changes.flatMap(({ at, shares }, index) => {
      const weight = shares[service];
      if (weight === undefined) return [];
      const until = this.#changes[index + 1]?.at ?? Number.POSITIVE_INFINITY;
      const those = this.#heard.filter((one) => one.at >= at + settled && one.at < until - settled);
      const own = those.filter((one) => one.release === release).length;
      return those.length === 0 ? [] : [{ weight, share: round((100 * own) / those.length), requests: those.length }];
    });
  }

  /** When the edge last stopped to lead to a Service. */
  backAt(service: string): number {
    const last = this.#changes.findLastIndex(({ shares }) => shares[service] !== undefined);
    return this.#changes[last + 1]?.at ?? Number.POSITIVE_INFINITY;
  }

  /** When requests were made that this release has answered. */
  answersOf(release: string): number[] {
    return this.#heard.filter((one) => one.release === release).map(({ at }) => at);
  }

  told(service: string, release: string): string {
    const each = this.plateaus(service, release);
    return each.map(({ weight, share, requests }) => `${share} at ${weight} of ${requests}`).join("; ");
  }
}

const round = (value: number) => Math.round(value * 10) / 10;
