import { deepEqual, equal } from "node:assert/strict";
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { leftOut } from "../../policies/leftOut.ts";
import { catalogue } from "../../policies/offline/catalogue.ts";
import { rules, themes } from "../../policies/themes.ts";

describe("docs/rules.md", () => {
  it("is what npm run docs writes", () => {
    const page = readFileSync(resolve(import.meta.dirname, "../../docs/rules.md"), "utf8");
    equal(page, catalogue(themes));
  });

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
});
