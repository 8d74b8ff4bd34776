import assert from "node:assert/strict";
import { type Proven, proofPage, type Row } from "../../../local/proof/page.ts";

const proven = (name: string, more: Partial<Proven> = {}): Proven => ({
  ...{ name, shows: "It holds.", circumstances: "Ran today.", passed: 2, failed: 0, rows: [] },
  ...more,
});

describe("the page of what was proven", () => {
  it("draws a table of rows, where a later row takes the place of one of its name", () => {
    const rows: Row[] = [
      { table: "Faults", columns: { fault: "good image", failed: 3 } },
      { table: "Faults", columns: { fault: "bad image", failed: 0, "p99 ms": 80 } },
      { table: "Faults", columns: { fault: "good image", failed: 0 } },
    ];
    const page = proofPage("", proven("faults", { rows }));
    assert.match(page, /## faults\n\nIt holds\.\n\n2 passed, none failed\. Ran today\./);
    const table = [
      "| fault | failed | p99 ms |",
      "| --- | --- | --- |",
      "| good image | 0 |  |",
      "| bad image | 0 | 80 |",
    ];
    assert.ok(page.includes(table.join("\n")), page);
  });

  it("says at its head what a proof without a section means, once", () => {
    const page = proofPage(proofPage("", proven("node")), proven("faults"));
    const [head = ""] = page.split("<!-- npm run proof");
    assert.match(head, /^# What was proven, and how\n[^#]*this page does not has not been run whole yet\.\n\n$/);
    assert.equal(page.split("run whole yet").length, 2);
  });

  it("replaces what the same proof said before, and keeps the others in order of their names", () => {
    const before = proofPage(proofPage("", proven("node", { shows: "Old." })), proven("faults"));
    const page = proofPage(before, proven("node", { shows: "New.", failed: 1 }));
    assert.deepEqual(page.match(/^## .*/gm), ["## faults", "## node"]);
    assert.match(page, /New\.\n\n2 passed, \*\*1 failed\*\*/);
    assert.doesNotMatch(page, /Old\./);
    assert.equal(proofPage(page, proven("node", { shows: "New.", failed: 1 })), page);
  });
});
