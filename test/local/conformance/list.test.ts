import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { isRefused } from "../../../local/conformance/entry.ts";
import { list } from "../../../local/conformance/list.ts";
import { conformancePage, splitTest } from "../../../local/conformance/page.ts";
import { temporaryFolder } from "../../temporary.ts";
import { refusals } from "./refusals.ts";

const root = join(import.meta.dirname, "../../..");
const entries = Object.values(list).flatMap((one) => one.entries);

/** `file: title` of every test in these files, as mocha itself lists them; those on the node as if there were one. */
function titles(files: string[]): Set<string> {
  const machine = join(temporaryFolder("conformance"), "machine.json");
  writeFileSync(machine, JSON.stringify({ home: "/", env: {}, images: {} }));
  const out = execFileSync(
    process.execPath,
    [join(root, "node_modules/mocha/bin/mocha.js"), "--dry-run", "--reporter", "json", ...files],
    { cwd: root, encoding: "utf8", env: { ...process.env, PALIER_TEST_MACHINE: machine }, maxBuffer: 1 << 26 },
  );
  const { tests } = JSON.parse(out.slice(out.indexOf("{"))) as { tests: { file: string; title: string }[] };
  return new Set(tests.map(({ file, title }) => `${file.slice(root.length + 1)}: ${title}`));
}

describe("the conformance list", () => {
  it("names only tests that there are", function () {
    this.timeout(60_000);
    const named = entries.flatMap((entry) => (isRefused(entry) ? [] : [splitTest(entry.test)]));
    const found = titles([...new Set(named.map(([file]) => file))]);
    assert.deepEqual(
      named.map((one) => one.join(": ")).filter((one) => !found.has(one)),
      [],
    );
  });

  for (const [name, { entries }] of Object.entries(list)) {
    for (const entry of entries.filter(isRefused)) {
      it(`${name} refuses by name: ${entry.behaviour}`, async () => {
        const provoke = refusals[name]?.[entry.behaviour];
        assert.ok(provoke, "refusals.ts says how to meet each refusal");
        const said = await provoke();
        assert.ok(said.includes(entry.refused), said || "nothing was refused");
      }).timeout(60_000);
    }
  }

  it("lists every refusal that is tried", () => {
    const listed = new Set(entries.filter(isRefused).map(({ behaviour }) => behaviour));
    const unlisted = Object.values(refusals).flatMap((tried) => Object.keys(tried).filter((one) => !listed.has(one)));
    assert.deepEqual(unlisted, []);
  });

  it("says where the official side describes each behaviour", () => {
    assert.deepEqual(
      entries.filter(({ source }) => !/^https:\/\/[\w.-]+\//.test(source)),
      [],
    );
  });

  it("is the page that npm run docs writes", () => {
    assert.equal(readFileSync(join(root, "docs/conformance.md"), "utf8"), conformancePage(list));
  });
});
