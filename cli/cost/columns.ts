import type { Amounts } from "./amounts.ts";
import type { Range } from "./costs.ts";
import { moneyFor, type Prices } from "./prices.ts";

/** A quantity of the table. */
export interface Column {
  readonly title: string;
  readonly of: (amounts: Amounts) => number;
  /** With two digits, and told of nothing that runs for a part of the time only. */
  readonly money?: boolean;
}

export function columnsFor(prices: Prices | undefined): Column[] {
  const storage = ({ storageBytes }: Amounts) => Object.values(storageBytes).reduce((sum, bytes) => sum + bytes, 0);
  return [
    { title: "pods", of: ({ pods }) => pods },
    { title: "CPU cores", of: ({ cores }) => cores },
    { title: "memory GiB", of: ({ memoryBytes }) => memoryBytes / 2 ** 30 },
    { title: "storage GiB", of: (amounts) => storage(amounts) / 2 ** 30 },
    ...(prices
      ? [{ title: `${prices.currency} a month`, of: (amounts: Amounts) => moneyFor(amounts, prices), money: true }]
      : []),
  ];
}

/** `0.2–1`, from the fewest replicas to the most. */
export function cell({ of, money }: Column, { least, most }: Range): string {
  const [from, to] = [of(least), of(most)].map((number) => shown(number, money));
  return from === to ? from! : `${from}–${to}`;
}

/** `+0.2 to +1`. */
export function changeCell({ of, money }: Column, { least, most }: Range): string {
  const [from, to] = [of(least), of(most)].map((number) => `${number > 0 ? "+" : ""}${shown(number, money)}`);
  return from === to ? from! : `${from} to ${to}`;
}

function shown(number: number, money = false): string {
  return money ? number.toFixed(2) : String(Number(number.toFixed(3)));
}
