import { deepEqual, equal, ok } from "node:assert/strict";
import { Field, undecided } from "../../core/rules/reading/field.ts";
import { Inventory } from "../../core/rules/reading/inventory.ts";
import { kubernetesObjects } from "../../core/rules/reading/kubernetesObject.ts";
import type { Finding, Given, Rule } from "../../core/rules/rule.ts";
import { type Manifest, patch } from "./manifests.ts";

/** The object to judge, or that and others of its stack; with what was set of the rule. */
export type Case = Manifest | readonly [Manifest, ...Manifest[]] | { readonly set: Given; readonly of: Case };

export interface Table {
  /** Each refused, in every test of it with the field and the fix. */
  readonly refuses: Readonly<Record<string, Case>>;
  readonly passes: Readonly<Record<string, Case>>;
}

/**
 * One test for each case of a rule, and for each refused one two more: with the deciding value not known yet the rule is
 * not silent, and a patch that leaves out what is missing is let pass.
 */
export function table(rule: Rule, { refuses, passes }: Table): void {
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

export function judge(rule: Rule, one: Case): Finding[] {
  const set = "set" in one ? (one.set as Given) : undefined;
  const [subject, ...others] = manifestsOf(one).map(objectsOf);
  const inventory = new Inventory();
  for (const object of [...others, subject!].flat()) inventory.add(object);
  const given = set && (rule.parameters!.parse(set) as Given);
  return subject!.flatMap((object) => rule.check({ object, stage: "production", inventory }, given));
}

function manifestsOf(one: Case): readonly Manifest[] {
  if (Array.isArray(one)) return one as readonly Manifest[];
  return "of" in one ? manifestsOf(one.of as Case) : [one as Manifest];
}

const subjectOf = (one: Case) => manifestsOf(one)[0]!;
const objectsOf = (manifest: Manifest) => kubernetesObjects(manifest.kind, new Field(manifest));

function exchanged(one: Case, subject: Manifest): Case {
  if (Array.isArray(one)) return [subject, ...one.slice(1)] as [Manifest, ...Manifest[]];
  return "of" in one ? { ...one, of: exchanged(one.of as Case, subject) } : subject;
}

/** The manifest with another value at a finding's field; undefined where the manifest says nothing there. */
function replaced(manifest: Manifest, path: string, value: unknown): Manifest | undefined {
  const written = path.replace(/ \(.*$/, "");
  const keys = [...written.matchAll(/\["([^"]+)"\]|\[(\d+)\]|([\w-]+)/g)].map(
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
