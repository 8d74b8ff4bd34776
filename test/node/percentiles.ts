export interface Percentiles {
  p50: number;
  p95: number;
  p99: number;
}

/** Of so many in a hundred the value is at most this. Of no values it is 0. */
export function percentiles(values: number[]): Percentiles {
  const sorted = values.toSorted((a, b) => a - b);
  const of = (hundredths: number) => Math.round(sorted[Math.ceil((sorted.length * hundredths) / 100) - 1] ?? 0);
  return { p50: of(50), p95: of(95), p99: of(99) };
}
