import { deepEqual, ok } from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { rows } from "../../local/requirements/rows.ts";

const folder = join(import.meta.dirname, "../../docs/systems");
const pages = { mapquiz: "MQ", mecapy: "MP", debrouillepro: "DP", yonima: "YO" };

/** `MP-12 MP-67…70` is MP-12, and MP-67 to MP-70. */
function idsIn(cell: string): string[] {
  return [...cell.matchAll(/([A-Z]{2})-(\d+)(?:…(\d+))?/g)].flatMap(([, letters, first, last = first]) => {
    const count = Number(last) - Number(first) + 1;
    return Array.from({ length: count }, (_, at) => `${letters}-${String(Number(first) + at).padStart(2, "0")}`);
  });
}

describe("the page of a system", () => {
  for (const [name, letters] of Object.entries(pages)) {
    const lines = readFileSync(join(folder, `${name}.md`), "utf8").split("\n");
    const table = lines
      .filter((line) => /^\| [A-Z]{2}-/.test(line))
      .map((line) => line.split("|").map((cell) => cell.trim()));

    it(`${name} says of every row of its document what Palier does`, () => {
      const own = Object.keys(rows).filter((id) => id.startsWith(`${letters}-`));
      const named = new Set(table.flatMap(([, ids = ""]) => idsIn(ids)));
      deepEqual(
        own.filter((id) => !named.has(id)),
        [],
      );
      deepEqual(
        [...named].filter((id) => !own.includes(id)),
        [],
      );
    });

    it(`${name} says of each whether it is here, later, of a release or outside`, () => {
      for (const [, ids, , state = ""] of table)
        ok(["here", "later", "release", "outside"].includes(state), `${ids}: ${state}`);
    });
  }
});
