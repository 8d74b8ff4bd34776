import type { Release, ReleaseRule } from "../../core/rules/release/release.ts";
import type { Finding } from "../../core/rules/rule.ts";

/** A release to judge; with what was set of the rule. */
export type ReleaseCase = Release | { readonly set: object; readonly of: Release };

export interface ReleaseCases {
  readonly rule: ReleaseRule;
  readonly refuses: Readonly<Record<string, ReleaseCase>>;
  readonly passes: Readonly<Record<string, ReleaseCase>>;
}

export function judgeRelease(rule: ReleaseRule, one: ReleaseCase): Finding[] {
  const { set, of } = "of" in one ? one : { set: {}, of: one };
  return rule.check(of, rule.parameters?.parse(set));
}
