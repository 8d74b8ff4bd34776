import type { Finding, Given, Rule, Subject } from "../../core/rules/rule.ts";
import { type Example, judged } from "../../policies/offline/example.ts";
import type { Manifest } from "./manifests.ts";

/** The object to judge, or that and others of its stack; with what was set of the rule, and what is known around it. */
export type Case =
  | Manifest
  | readonly [Manifest, ...Manifest[]]
  | { readonly set?: Given; readonly around?: Partial<Subject>; readonly of: Case };

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
  return judged(rule, exampleOf(one));
}

export function exampleOf(one: Case): Example {
  if (Array.isArray(one)) return { manifests: one as readonly [Manifest, ...Manifest[]] };
  if (!("of" in one)) return { manifests: [one as Manifest] };
  const { of, ...given } = one as { of: Case } & Omit<Example, "manifests">;
  return { ...exampleOf(of), ...given };
}
