import { deepEqual, equal, ok } from "node:assert/strict";
import { judged, notKnownYet } from "../../policies/offline/example.ts";
import { keysIn, valueAt } from "../../policies/offline/fieldPath.ts";
import { cases } from "./cases.ts";
import { patch } from "./manifests.ts";
import { type Cases, exampleOf, judge } from "./table.ts";

for (const one of cases) test(one);

/**
 * One test for each case of a rule, and for each refused one two more: with the deciding value not known yet the rule is
 * not silent, and a patch that leaves out what is missing is let pass.
 */
function test({ rule, refuses, passes }: Cases): void {
  describe(rule.id, () => {
    for (const [title, one] of Object.entries(refuses)) {
      it(`refuses ${title}`, () => {
        const found = judge(rule, one);
        ok(found.length > 0, "nothing was found");
        for (const { level, fix, problem } of found) {
          equal(level, "mandatory");
          ok(problem.length > 3 && fix.length > 3, `${problem}: ${fix}`);
        }
      });
      it(`is not silent on ${title}, not known yet`, () => {
        const example = exampleOf(one);
        const { field } = judge(rule, one)[0]!;
        if (valueAt(example.manifests[0], keysIn(field)) === undefined) return;
        ok(judged(rule, notKnownYet(example, keysIn(field))).length > 0, `silent on ${field}`);
      });
      // What a relation reads in such an object may be nothing to it.
      if (rule.relation) continue;
      it(`is not silent on ${title}, in what is not known yet`, () => {
        const example = exampleOf(one);
        const keys = keysIn(judge(rule, one)[0]!.field);
        do keys.pop();
        while (valueAt(example.manifests[0], keys) === undefined);
        if (keys.length > 0) ok(judged(rule, notKnownYet(example, keys)).length > 0, `silent on ${keys.join(".")}`);
      });
    }
    for (const [title, one] of Object.entries(passes)) {
      it(`lets pass ${title}`, () => deepEqual(judge(rule, one), []));
    }
    it("reads nothing into what a patch leaves out", () => {
      for (const one of Object.values(refuses)) {
        const { manifests, ...given } = exampleOf(one);
        const [{ kind }, ...others] = manifests;
        const bare = { kind, metadata: { name: "web", namespace: "shop" }, apiVersion: "" };
        deepEqual(judged(rule, { manifests: [patch(bare), ...others], ...given }), []);
      }
    });
  });
}
