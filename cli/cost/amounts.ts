import { z } from "zod";

/** What pods and volumes ask for together. */
export const amounts = z.object({
  pods: z.number(),
  cores: z.number(),
  memoryBytes: z.number(),
  /** By storage class; {@link unnamedClass} where the claim leaves it to the cluster. */
  storageBytes: z.record(z.string(), z.number()),
});

export type Amounts = z.infer<typeof amounts>;

/** No storage class has this name. */
export const unnamedClass = "(default)";

export const nothing: Amounts = { pods: 0, cores: 0, memoryBytes: 0, storageBytes: {} };

/** What some ask for together, each as often as it is there. */
export function total(all: readonly (readonly [Amounts, number])[]): Amounts {
  const each = (of: (one: Amounts) => number) => exact(all.reduce((sum, [one, times]) => sum + of(one) * times, 0));
  const classes = new Set(all.flatMap(([one]) => Object.keys(one.storageBytes)));
  return {
    pods: each(({ pods }) => pods),
    cores: each(({ cores }) => cores),
    memoryBytes: each(({ memoryBytes }) => memoryBytes),
    storageBytes: Object.fromEntries(
      [...classes].map((name) => [name, each(({ storageBytes }) => storageBytes[name] ?? 0)]),
    ),
  };
}

/** Without what adding tenths leaves behind. */
function exact(number: number): number {
  return Math.round(number * 1e6) / 1e6;
}
