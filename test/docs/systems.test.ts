import { deepEqual, equal, match, ok } from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { rows } from "../../local/requirements/rows.ts";

const folder = join(import.meta.dirname, "../../docs/systems");
const pages = { avnir: "AV", mapquiz: "MQ", mecapy: "MP", debrouillepro: "DP", yonima: "YO" };

/** `MP-12 MP-67…70` is MP-12, and MP-67 to MP-70. */
function idsIn(cell: string): string[] {
  return [...cell.matchAll(/([A-Z]{2})-(\d+)(?:…(\d+))?/g)].flatMap(([, letters, first, last = first]) => {
    const count = Number(last) - Number(first) + 1;
    return Array.from({ length: count }, (_, at) => `${letters}-${String(Number(first) + at).padStart(2, "0")}`);
  });
}

const requirements = readFileSync(join(folder, "../requirements.md"), "utf8").split("\n");

/** As docs/requirements.md has it. */
function stateOf(id: string): string {
  const line = requirements.find((one) => one.startsWith(`| ${id} |`)) ?? "";
  return /\*(open|outside|release)\*/.exec(line)?.[1] ?? "met";
}

const text = (name: string) => readFileSync(join(folder, `${name}.md`), "utf8");

describe("the page of a system", () => {
  it("says who keeps its document, since when, and when it is reviewed, as far as that is told [AV-02 MQ-87 MP-148]", () => {
    const told: Record<string, RegExp[]> = {
      avnir: [/Version 1\.0\.0/, /2025-10-24/, /2025-11-23 was the next review/, /each month/],
      mapquiz: [/Kept by MapQuiz's backend team, last updated in January 2025, in production/],
      mecapy: [/Version 1\.0\.0, last updated on 2024-01-15/],
    };
    for (const [name, parts] of Object.entries(told)) for (const part of parts) match(text(name), part);
  });

  it("says what takes the place of files that were not supplied, which is there [MQ-88]", () => {
    const rows = text("mapquiz")
      .split("\n")
      .filter((line) => /^\| (`\S+`|Fly's dashboard) \|/.test(line));
    equal(rows.length, 4);
    for (const row of rows)
      for (const [, path] of row.matchAll(/\]\(([^)#]+)/g)) ok(existsSync(join(folder, path!)), path);
  });

  it("says what holds each promise of a standard for operation [DP-01 DP-102]", () => {
    const rules = readFileSync(join(folder, "../rules.md"), "utf8");
    for (const promise of ["stability", "trust", "sovereignty", "durability", "excellence"]) {
      const row = text("debrouillepro")
        .split("\n")
        .find((line) => line.startsWith(`| ${promise} | [`));
      ok(row, promise);
      for (const [, anchor] of row.matchAll(/rules\.md#([-a-z]+)/g)) match(rules, new RegExp(`^#+ .*${anchor}`, "im"));
    }
  });

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

    it(`${name} says of each whether it is here, later, of a release or outside, and explains those words alone`, () => {
      for (const [, ids, , state = ""] of table)
        ok(["here", "later", "release", "outside"].includes(state), `${ids}: ${state}`);
      const explained = [...text(name).matchAll(/(?:^|\. )\*(\w+)\*: /gm)].map(([, word]) => word!);
      deepEqual(explained.sort(), [...new Set(table.map(([, , , state]) => state!))].sort());
    });

    it(`${name} says so as the tests do: nothing is here that is open, and nothing later that is met`, () => {
      const untrue = table.filter(([, ids = "", , state = ""]) => {
        const states = idsIn(ids).map(stateOf);
        if (state === "here" || state === "outside") return states.includes("open");
        return !states.includes(state === "later" ? "open" : "release");
      });
      deepEqual(
        untrue.map(([, ids, , state]) => `${ids}: ${state}`),
        [],
      );
    });
  }
});
