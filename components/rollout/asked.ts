import type { Figures } from "./figures.ts";

/** One answer of a pod: how long it took, and what was not well with it. */
export interface Answered {
  milliseconds: number;
  problem?: string;
}

/** Fewer answers say nothing of a share. */
const enough = 20;

/** How many answers may be lost on the way: one says nothing of the release. */
const tolerated = 1;

/** What its pods have answered under one share. */
export class Asked {
  readonly #took: number[] = [];
  #bad = 0;
  #last: string | undefined;

  add(answers: Answered[]): void {
    for (const { milliseconds, problem } of answers) {
      this.#took.push(milliseconds);
      if (problem === undefined) continue;
      this.#bad++;
      this.#last = problem;
    }
  }

  /** Empty until there are enough. */
  figures(): Figures {
    const answers = this.#took.length;
    if (answers < enough) return { answers };
    const sorted = [...this.#took].sort((a, b) => a - b);
    const bad = this.#bad > tolerated ? this.#bad : 0;
    return {
      answers,
      errorPercent: (100 * bad) / answers,
      latencySeconds: sorted[Math.ceil(answers * 0.95) - 1]! / 1000,
      ...(this.#last !== undefined && { last: this.#last }),
    };
  }
}
