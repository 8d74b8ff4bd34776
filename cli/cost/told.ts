import type { Compared } from "./compared.ts";
import { differenceOf, type EnvironmentCosts, type Range, sumOf } from "./costs.ts";
import { moneyFor, type Prices } from "./prices.ts";

/** For other programs; another run compares itself with it. */
export function told(all: readonly Compared[], prices?: Prices): object {
  return {
    ...(prices && { currency: prices.currency }),
    environments: all.map(({ now, before }) => ({
      ...summed(now, prices),
      ...(before && {
        before: summed(before, prices),
        difference: priced(differenceOf(sumOf(now.components), sumOf(before.components)), prices),
      }),
    })),
  };
}

function summed(costs: EnvironmentCosts, prices: Prices | undefined): object {
  return {
    ...costs,
    components: costs.components.map((row) => priced(row, prices)),
    sum: priced(sumOf(costs.components), prices),
  };
}

function priced<Ranged extends Range>(range: Ranged, prices: Prices | undefined): object {
  if (!prices) return range;
  const { least, most } = range;
  return {
    ...range,
    least: { ...least, moneyPerMonth: moneyFor(least, prices) },
    most: { ...most, moneyPerMonth: moneyFor(most, prices) },
  };
}
