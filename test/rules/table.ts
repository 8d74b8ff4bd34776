import { Field } from "../../core/rules/reading/field.ts";
import { Inventory } from "../../core/rules/reading/inventory.ts";
import { kubernetesObjects } from "../../core/rules/reading/kubernetesObject.ts";
import type { Finding, Given, Rule } from "../../core/rules/rule.ts";
import type { Manifest } from "./manifests.ts";

/** The object to judge, or that and others of its stack; with what was set of the rule. */
export type Case = Manifest | readonly [Manifest, ...Manifest[]] | { readonly set: Given; readonly of: Case };

export interface Table {
  /** Each refused, in every test of it with the field and the fix. */
  readonly refuses: Readonly<Record<string, Case>>;
  readonly passes: Readonly<Record<string, Case>>;
}

export interface Cases extends Table {
  readonly rule: Rule;
}

/** A list of rules' cases, and what adds those of a rule to it. */
export function tables(): { cases: readonly Cases[]; table: (rule: Rule, table: Table) => void } {
  const cases: Cases[] = [];
  return { cases, table: (rule, table) => void cases.push({ rule, ...table }) };
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

export const subjectOf = (one: Case) => manifestsOf(one)[0]!;
const objectsOf = (manifest: Manifest) => kubernetesObjects(manifest.kind, new Field(manifest));
