import { deepEqual, equal, match } from "node:assert/strict";
import { passedGates } from "../../core/rules/release/gates.ts";
import { released } from "../../core/rules/release/recorded.ts";
import { openWindow } from "../../core/rules/release/window.ts";
import { cases } from "./release.cases.ts";
import { judgeRelease } from "./releaseTable.ts";

for (const { rule, refuses, passes } of cases) {
  describe(rule.id, () => {
    for (const [title, one] of Object.entries(refuses)) {
      it(`refuses ${title}`, () => {
        const found = judgeRelease(rule, one);
        equal(found.length, 1, "one cause, one finding");
        for (const { level, problem, fix } of found) {
          equal(level, "mandatory");
          match(`${problem} ${fix}`, /.{12}/);
        }
      });
    }
    for (const [title, one] of Object.entries(passes)) {
      it(`lets pass ${title}`, () => deepEqual(judgeRelease(rule, one), []));
    }
  });
}

describe("the settings of the rules about releases", () => {
  for (const [what, rule, set] of [
    ["a time zone that is none", openWindow, { timeZone: "Paris" }],
    ["an hour that is none", openWindow, { closed: [{ day: "friday", from: "15h" }] }],
    ["a window that ends before it begins", openWindow, { closed: [{ day: "friday", from: "15:00", to: "09:00" }] }],
    ["a key that is none", released, { publicKey: "hello" }],
    ["a gate that is none", passedGates, { required: ["luck"] }],
  ] as const) {
    it(`refuse ${what}`, () => equal(rule.parameters!.safeParse(set).success, false));
  }
});
