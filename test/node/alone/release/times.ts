import { loadavg } from "node:os";
import { record } from "../../../proof.ts";

/** The middle one; of an even number the lower. */
export function median(values: number[]): number {
  return values.toSorted((a, b) => a - b)[Math.ceil(values.length / 2) - 1]!;
}

/** Of one strategy: by whom it went, and how long it took each time. */
export type Times = Record<string, number[]>;

/** Notes each by the ratio of its median to that of the first. */
export function compare(what: string, times: Times): void {
  const [[, first]] = Object.entries(times) as [[string, number[]]];
  for (const [by, all] of Object.entries(times)) {
    record("Seconds of a release, by whom, under load", {
      what: `${what}: ${by}`,
      "median s": median(all).toFixed(1),
      "each s": all.map((one) => one.toFixed(1)).join(", "),
      "to Palier's": (median(all) / median(first)).toFixed(2),
      "load of the machine": loadavg()[0]!.toFixed(1),
    });
  }
}
