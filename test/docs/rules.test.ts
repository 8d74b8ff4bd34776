import { deepEqual, equal } from "node:assert/strict";
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { demands } from "../../core/rules/demands.ts";
import { catalogue } from "../../policies/offline/catalogue.ts";
import { rules, themes } from "../../policies/themes.ts";
import { examples } from "../rules/examples.ts";

describe("docs/rules.md", () => {
  it("is what npm run docs writes", () => {
    const page = readFileSync(resolve(import.meta.dirname, "../../docs/rules.md"), "utf8");
    equal(page, catalogue(themes, examples));
  });

  it("names each rule once", () => {
    equal(new Set(rules.map(({ id }) => id)).size, rules.length);
  });

  it("shows of each rule a case that it refuses and one that it lets pass", () => {
    const silent = rules.filter(({ id }) => !examples[id]).map(({ id }) => id);
    deepEqual(silent, []);
  });

  it("answers only demands that there are", () => {
    const unknown = rules.flatMap((rule) => rule.demands ?? []).filter((number) => !(number in demands));
    deepEqual(unknown, []);
  });
});
