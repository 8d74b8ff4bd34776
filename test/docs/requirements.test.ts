import { deepEqual, equal, ok, throws } from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { demands } from "../../core/rules/demands.ts";
import { requirements, summarize } from "../../local/proof/counts.ts";
import { aside, asideOf, statesOf } from "../../local/requirements/aside.ts";
import { rows, rowsIn } from "../../local/requirements/rows.ts";

const root = join(import.meta.dirname, "../..");

/** What a Kubernetes stack can't model; a row of anything else is met, of the release or open. */
const beyondStacks = [
  "Application code",
  "Business metrics",
  "CDN, edge, several regions",
  "Chaos engineering, load tests, capacity planning",
  "Commands and settings of Fly.io and Clever Cloud",
  "GitOps",
  "Incidents",
  "SaaS that watches",
  "Source code",
  "WAF, intrusion detection, audit logs, the nodes' system",
];

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
    const stage = { name: "unit", ms: 1, passed: 2, failed: ["a: b"], skipped: [] };
    const stages = [{ ...stage, proven: ["AV-11", "AV-10"], disproven: ["AV-10"] }, stage];
    const text = summarize(stages, requirements(stages));
    const { outside, release, open } = statesOf(Object.keys(rows), (id) => id === "AV-11");
    equal(outside + release + open, 481);
    const counts = `1 of 482 met, ${outside} outside, ${release} of the release, ${open} open`;
    equal(text.includes(`Requirements: ${counts} (docs/requirements.md)`), true, text);
  });

  describe("sets rows aside", () => {
    const all = [...aside.outside, ...aside.release].flatMap((one) => one.rows);

    it("each once, with a reason, and only those that there are", () => {
      deepEqual(
        all.filter((id, at) => all.indexOf(id) !== at || !Object.hasOwn(rows, id)),
        [],
      );
      for (const { state, reason } of asideOf.values()) ok(reason.length > 10, state);
    });

    it("as outside only where its subject is one that no stack can model, with the nearest thing, which is there", () => {
      deepEqual(aside.outside.map(({ subject }) => subject).sort(), [...beyondStacks].sort());
      for (const { nearest } of aside.outside) ok(existsSync(join(root, nearest)), nearest);
    });

    it("none that a test proves: what is met is not aside", () => {
      const page = readFileSync(join(root, "docs/requirements.md"), "utf8").split("\n");
      for (const [id, { state }] of asideOf) {
        const line = page.find((one) => one.startsWith(`| ${id} |`)) ?? "";
        ok(
          line.includes(`*${state}*: `),
          `${id} is ${state} by docs/requirements/aside.json, and met by a test: ${line}`,
        );
      }
    });
  });
});
