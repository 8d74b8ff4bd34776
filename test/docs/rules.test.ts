import { deepEqual, equal } from "node:assert/strict";
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { demands } from "../../core/rules/demands.ts";
import { leftOut } from "../../policies/leftOut.ts";
import { pages } from "../../policies/offline/pages.ts";
import { themes } from "../../policies/themes.ts";
import { shown } from "../rules/examples.ts";

const rules = themes.flatMap((theme) => theme.rules);

describe("docs/rules.md", () => {
  for (const [file, text] of Object.entries(pages(shown))) {
    it(`is what npm run docs writes, with ${file}`, () => {
      equal(readFileSync(resolve(import.meta.dirname, "../..", file), "utf8"), text);
    });
  }

  it("gives a reason for a check that is left out only where no rule stands for it", () => {
    const answered = new Set(rules.flatMap((rule) => rule.rows ?? []));
    deepEqual(
      Object.keys(leftOut).filter((row) => answered.has(row)),
      [],
    );
  });

  it("names each rule once", () => {
    equal(new Set(rules.map(({ id }) => id)).size, rules.length);
  });

  it("shows of each rule a case that it refuses and one that it lets pass", () => {
    const silent = rules.filter(({ id }) => !shown[id]).map(({ id }) => id);
    deepEqual(silent, []);
  });

  it("answers only demands that there are", () => {
    const unknown = rules.flatMap((rule) => rule.demands ?? []).filter((number) => !(number in demands));
    deepEqual(unknown, []);
  });
});
