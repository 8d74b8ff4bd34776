import { appendFileSync } from "node:fs";
import type { Row } from "../local/proof/page.ts";

/** Whether `npm run proof -- NAME` asked for the whole of it, and not `npm test` for the short form. */
export function isWhole(name: string): boolean {
  return process.env["PALIER_PROOF"] === name;
}

/** Notes a row of `docs/proof.md`, and shows it. The first column names the row; a later one of that name takes its place. */
export function record(table: string, columns: Row["columns"]): void {
  const shown = Object.entries(columns).map(([column, value]) => `${column} ${value}`);
  console.log(`      ${shown.join(" · ")}`);
  const file = process.env["PALIER_PROOF_ROWS"];
  if (file) appendFileSync(file, `${JSON.stringify({ table, columns } satisfies Row)}\n`);
}

const steps = new Map<string, number>();

/** The same of a step that may come again: from the second time on it is numbered, so that each has its row. */
export function recordStep(table: string, { what, ...others }: Row["columns"] & { what: string }): void {
  const key = `${table}: ${what}`;
  const count = (steps.get(key) ?? 0) + 1;
  steps.set(key, count);
  record(table, { what: count === 1 ? what : `${what} (${count})`, ...others });
}
