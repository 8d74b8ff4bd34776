/** Numbers in [0, 1) that are the same in every run (mulberry32). */
export function numbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

/** Choices made by them. */
export class Random {
  readonly #next: () => number;
  #turn: number;

  /** @param turn In [0, 1): whose turn it is where all are to have theirs. */
  constructor(seed: number, turn: number) {
    this.#next = numbers(seed);
    this.#turn = turn;
  }

  /** Whose turn it is among some that have so much of it each; within theirs, it goes on from what is left. */
  turn(shares: readonly number[]): number {
    let left = this.#turn * shares.reduce((sum, share) => sum + share, 0);
    const found = shares.findIndex((share, index) => {
      if (left < share || index === shares.length - 1) return true;
      left -= share;
      return false;
    });
    this.#turn = Math.min(left / shares[found]!, 1 - Number.EPSILON);
    return found;
  }

  chance(share: number): boolean {
    return this.#next() < share;
  }

  whole(least: number, most: number): number {
    return least + Math.floor(this.#next() * (most - least + 1));
  }

  pick<T>(among: readonly T[]): T {
    return among[this.whole(0, among.length - 1)]!;
  }

  /** As many as from the fewest to the most, both often. */
  length(least: number, most: number): number {
    return this.pick([least, most, this.whole(least, most), this.whole(least, Math.min(most, least + 12))]);
  }

  /** Characters of an alphabet, the first and the last of another where one is given. */
  text(alphabet: string, length: number, ends = alphabet): string {
    const [all, outer] = [[...alphabet], [...ends]];
    const from = (index: number) => (index === 0 || index === length - 1 ? outer : all);
    return Array.from({ length }, (_, index) => this.pick(from(index))).join("");
  }
}
