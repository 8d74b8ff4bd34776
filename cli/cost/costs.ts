import { z } from "zod";
import { type Amounts, amounts, total } from "./amounts.ts";

/** From the fewest replicas to the most. */
export interface Range {
  readonly least: Amounts;
  readonly most: Amounts;
}

const row = z.object({ component: z.string(), least: amounts, most: amounts });

const environmentCosts = z.object({
  environment: z.string(),
  components: z.array(row),
  /** Jobs and tasks, which no sum counts. */
  whileRunning: z.array(row),
  /** What asks for something nobody can count, and why. */
  notCounted: z.array(z.string()),
});

/** What `palier cost --json` prints, as far as another run reads it. */
export const costs = z.object({ environments: z.array(environmentCosts) });

export type Row = z.infer<typeof row>;
export type EnvironmentCosts = z.infer<typeof environmentCosts>;

export function sumOf(rows: readonly Range[]): Range {
  return {
    least: total(rows.map(({ least }) => [least, 1])),
    most: total(rows.map(({ most }) => [most, 1])),
  };
}

/** How much more it is than it was. */
export function differenceOf(now: Range, before: Range): Range {
  const less = (after: Amounts, earlier: Amounts) =>
    total([
      [after, 1],
      [earlier, -1],
    ]);
  return { least: less(now.least, before.least), most: less(now.most, before.most) };
}
