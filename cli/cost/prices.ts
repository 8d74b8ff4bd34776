import { parse } from "yaml";
import { z } from "zod";
import { contentOf } from "../content.ts";
import { UsageError } from "../usage.ts";
import type { Amounts } from "./amounts.ts";

/** Hours of a year by twelve. */
const hoursOfMonth = 730;
const gibibyte = 2 ** 30;

const price = z.number().nonnegative();

const priceFile = z
  .strictObject({
    currency: z.string().min(1),
    perCoreHour: price.optional(),
    perCoreMonth: price.optional(),
    perMemoryGiBMonth: price,
    perStorageGiBMonth: z.strictObject({ default: price, classes: z.record(z.string(), price).default({}) }),
  })
  .refine(({ perCoreHour, perCoreMonth }) => (perCoreHour === undefined) !== (perCoreMonth === undefined), {
    error: "give perCoreHour or perCoreMonth, and one of them only",
    path: ["perCoreMonth"],
  });

/** What a core and a GiB cost in a month. */
export interface Prices {
  readonly currency: string;
  readonly core: number;
  readonly memoryGiB: number;
  readonly storageGiB: (className: string) => number;
}

/** Reads a price file, YAML or JSON. Throws {@link UsageError}. */
export async function readPrices(file: string): Promise<Prices> {
  const read = priceFile.safeParse(yamlOf(await contentOf(file), file));
  if (!read.success) throw new UsageError(`${file}:\n${z.prettifyError(read.error)}`);
  const { currency, perCoreHour = 0, perCoreMonth, perMemoryGiBMonth, perStorageGiBMonth } = read.data;
  const classes = new Map(Object.entries(perStorageGiBMonth.classes));
  return {
    currency,
    core: perCoreMonth ?? perCoreHour * hoursOfMonth,
    memoryGiB: perMemoryGiBMonth,
    storageGiB: (className) => classes.get(className) ?? perStorageGiBMonth.default,
  };
}

/** What this costs in a month. */
export function moneyFor({ cores, memoryBytes, storageBytes }: Amounts, prices: Prices): number {
  const storage = Object.entries(storageBytes).map(([name, bytes]) => (bytes / gibibyte) * prices.storageGiB(name));
  const parts = [cores * prices.core, (memoryBytes / gibibyte) * prices.memoryGiB, ...storage];
  return Math.round(parts.reduce((sum, part) => sum + part, 0) * 100) / 100;
}

function yamlOf(text: string, file: string): unknown {
  try {
    return parse(text);
  } catch (error) {
    throw new UsageError(`${file}: ${(error as Error).message.split("\n")[0]}`);
  }
}
