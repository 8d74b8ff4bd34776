import { loadavg } from "node:os";

/** One measurement of ours and one of what it is held against. */
export interface Pair<Measure> {
  readonly ours: Measure;
  readonly other: Measure;
}

/** Measures pair by pair: what else the machine does then falls on both. */
export async function pairs<Measure>(
  rounds: number,
  ours: () => Promise<Measure>,
  other: () => Promise<Measure>,
): Promise<Pair<Measure>[]> {
  const measured: Pair<Measure>[] = [];
  for (let round = 0; round < rounds; round++) measured.push({ ours: await ours(), other: await other() });
  return measured;
}

export function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!;
}

/** The medians of a figure on both sides, and of its ratio pair by pair. */
export function medians<Measure>(measured: readonly Pair<Measure>[], figure: (measure: Measure) => number) {
  return {
    ours: median(measured.map(({ ours }) => figure(ours))),
    other: median(measured.map(({ other }) => figure(other))),
    ratio: median(measured.map(({ ours, other }) => figure(ours) / figure(other))),
  };
}

/** The machine's load over the last minute. */
export const load = () => `load ${loadavg()[0]!.toFixed(1)}`;
