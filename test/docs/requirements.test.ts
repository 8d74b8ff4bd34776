import { deepEqual, equal, throws } from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { demands } from "../../core/rules/demands.ts";
import { requirements, summarize } from "../../local/proof/counts.ts";
import { rows, rowsIn } from "../../local/requirements/rows.ts";

const root = join(import.meta.dirname, "../..");

describe("docs/requirements.md", () => {
  it("is what npm run docs writes from the titles of all tests", function () {
    this.timeout(120_000);
    // The titles are those of a process of its own, since this one may run some of the tests only.
    const made = execFileSync(process.execPath, [join(root, "local/requirements/print.ts")], {
      cwd: root,
      encoding: "utf8",
      maxBuffer: 2 ** 26,
    });
    equal(readFileSync(join(root, "docs/requirements.md"), "utf8"), made);
  });

  it("counts the tests on the node, whether or not there is one", () => {
    equal(readFileSync(join(root, "docs/requirements.md"), "utf8").includes("](../test/node/"), true);
  });

  it("has every row of the five systems", () => {
    const counts = Object.groupBy(Object.keys(rows), (id) => id.split("-")[0]!);
    const sizes = Object.entries(counts).map(([letters, ids]) => [letters, ids!.length]);
    deepEqual(Object.fromEntries(sizes), { MQ: 88, AV: 92, MP: 148, DP: 102, YO: 52 });
  });

  it("knows the rows that rules answer", () => {
    const named = Object.values(demands).flatMap(({ row }) => row.split(", "));
    deepEqual(
      named.filter((id) => !(id in rows)),
      [],
    );
  });

  it("refuses a title that proves a row that there is not", () => {
    deepEqual(rowsIn("counts [AV-11 P-01] and more [MP-15, MP-62]"), ["AV-11", "MP-15", "MP-62"]);
    deepEqual(rowsIn("a list [1, 2] and a name [A-Z]"), []);
    throws(() => rowsIn("flies [AV-93]"), /"flies \[AV-93\]" proves AV-93, and there is no such requirement/);
    throws(() => rowsIn("flies [XY-1]"), /XY-1/);
  });

  it("is counted by the tests that passed: one that failed takes its rows away", () => {
    const stage = { name: "unit", ms: 1, passed: 2, failed: 1, skipped: [] };
    const stages = [{ ...stage, proven: ["AV-11", "AV-10"], disproven: ["AV-10"] }, stage];
    const text = summarize(stages, requirements(stages));
    equal(text.includes("Requirements: 1 of 482 met, 481 open (docs/requirements.md)"), true, text);
  });
});
