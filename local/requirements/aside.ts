import { readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";

const file = join(import.meta.dirname, "../../docs/requirements/aside.json");

const some = z.array(z.string().regex(/^[A-Z]{2}-\d+$/)).min(1);
const shape = z.strictObject({
  outside: z.array(
    z.strictObject({ subject: z.string().min(1), why: z.string().min(1), nearest: z.string().min(1), rows: some }),
  ),
  release: z.array(z.strictObject({ missing: z.string().min(1), rows: some })),
});

/** Rows that no test proves, and why: no stack can do it, or how releases go lacks something yet. */
export const aside = shape.parse(JSON.parse(readFileSync(file, "utf8")));

/** Why a row is not met. */
export interface Aside {
  readonly state: "outside" | "release";
  /** What no stack can and why, or what is missing. */
  readonly reason: string;
  /** The nearest useful thing, from the top of the repository. */
  readonly nearest?: string;
}

/** The same by row. */
export const asideOf: ReadonlyMap<string, Aside> = new Map<string, Aside>([
  ...aside.outside.flatMap(({ why: reason, nearest, rows }) =>
    rows.map((id) => [id, { state: "outside" as const, reason, nearest }] as const),
  ),
  ...aside.release.flatMap(({ missing: reason, rows }) =>
    rows.map((id) => [id, { state: "release" as const, reason }] as const),
  ),
]);

/** How many rows are in which state: what is met is met, whatever else is said of it. */
export function statesOf(rows: readonly string[], isMet: (id: string) => boolean) {
  const counts = { met: 0, outside: 0, release: 0, open: 0 };
  for (const id of rows) counts[isMet(id) ? "met" : (asideOf.get(id)?.state ?? "open")]++;
  return counts;
}
