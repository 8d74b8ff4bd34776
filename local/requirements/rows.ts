import { readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";

const file = join(import.meta.dirname, "../../docs/requirements/rows.json");

const shape = z.record(z.string(), z.strictObject({ kind: z.string(), text: z.string() }));

/** What the five systems ask for, row by row, in the order of the page. */
export const rows = shape.parse(JSON.parse(readFileSync(file, "utf8")));

/** The systems, by the letters with which their rows begin. */
export const systems: Readonly<Record<string, string>> = {
  MQ: "MapQuiz",
  AV: "AVNIR",
  MP: "MecaPy",
  DP: "DébrouillePro",
  YO: "YONIMA",
};

/** Other lists that titles refer to: the contradictions settled, the policies, the demands and the facts behind them. */
const others = ["C", "P", "R", "F"];

/** The rows that a test's title says it proves: `[AV-11 P-01]`. Throws where one of them isn't there. */
export function rowsIn(title: string): string[] {
  const tags = [...title.matchAll(/\[((?:[A-Z]{1,2}-\d+[, ]*)+)\]/g)].flatMap(([, ids]) => ids!.match(/[A-Z]+-\d+/g)!);
  const own = tags.filter((id) => !others.includes(id.split("-")[0]!));
  const unknown = own.find((id) => !Object.hasOwn(rows, id));
  if (unknown !== undefined) throw new Error(`"${title}" proves ${unknown}, and there is no such requirement`);
  return own;
}
