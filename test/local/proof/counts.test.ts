import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Counts, summarize } from "../../../local/proof/counts.ts";
import { temporaryFolder } from "../../temporary.ts";

const program = join(import.meta.dirname, "../../../local/proof/mocha-run.ts");
const tests = `
describe("a shop", () => {
  it("opens", () => {});
  it("closes", () => { throw new Error("the door is stuck\\nhinge: 3"); });
  it.skip("counts its till", () => {});
});
`;

describe("what npm test came to", function () {
  this.timeout(60_000);
  const folder = temporaryFolder("counts");
  const file = join(folder, "shop.test.mjs");
  writeFileSync(file, tests);

  for (const jobs of ["1", "2"]) {
    it(`names each test that failed and why, last of all, with ${jobs} at a time`, () => {
      const result = join(folder, `${jobs}.json`);
      const { status } = spawnSync(process.execPath, [program, result, "dot", jobs, file], { encoding: "utf8" });
      assert.equal(status, 1);
      const counts = JSON.parse(readFileSync(result, "utf8")) as Counts;
      const told = summarize([{ name: "unit", ms: 1000, ...counts }]);
      assert.match(told, /✗ unit +1 passed {2}1 failed {2}1 skipped/);
      assert.match(told, /Skipped:\n {2}- a shop counts its till/);
      assert.match(told, /Failed:\n {2}- a shop closes\n {4}the door is stuck\n {4}hinge: 3\n/);
      assert.ok(told.endsWith("\n1 passed, 1 failed, 1 skipped"));
    });
  }

  it("says nothing of failures where there are none", () => {
    assert.doesNotMatch(summarize([{ name: "unit", ms: 1, passed: 3, failed: [], skipped: [] }]), /Failed:|Skipped:/);
  });
});
