import { deepEqual, equal, ok } from "node:assert/strict";
import { undecided } from "../../core/rules/reading/field.ts";
import { cases } from "./cases.ts";
import { type Manifest, patch } from "./manifests.ts";
import { type Case, type Cases, judge, subjectOf } from "./table.ts";

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
        const [found] = judge(rule, one);
        const unknown = replaced(subjectOf(one), found!.field, undecided);
        if (unknown !== undefined) ok(judge(rule, exchanged(one, unknown)).length > 0, `silent on ${found!.field}`);
      });
    }
    for (const [title, one] of Object.entries(passes)) {
      it(`lets pass ${title}`, () => deepEqual(judge(rule, one), []));
    }
    it("reads nothing into what a patch leaves out", () => {
      for (const one of Object.values(refuses)) {
        const subject = subjectOf(one);
        const bare = { kind: subject.kind, metadata: { name: "web", namespace: "shop" }, apiVersion: "" };
        deepEqual(judge(rule, exchanged(one, patch(bare))), []);
      }
    });
  });
}

function exchanged(one: Case, subject: Manifest): Case {
  if (Array.isArray(one)) return [subject, ...one.slice(1)] as [Manifest, ...Manifest[]];
  return "of" in one ? { ...one, of: exchanged(one.of as Case, subject) } : subject;
}

/** The manifest with another value at a finding's field; undefined where the manifest says nothing there. */
function replaced(manifest: Manifest, path: string, value: unknown): Manifest | undefined {
  const keys = [...path.matchAll(/\["([^"]+)"\]|\[(\d+)\]|([\w-]+)/g)].map(
    (match) => match[1] ?? match[2] ?? match[3]!,
  );
  const copy = structuredClone(manifest) as Record<string, unknown>;
  const last = keys.pop()!;
  let at: Record<string, unknown> | undefined = copy;
  for (const key of keys) at = at?.[key] as Record<string, unknown> | undefined;
  if (at === undefined || at === null || !(last in at)) return undefined;
  at[last] = value;
  return copy as Manifest;
}
