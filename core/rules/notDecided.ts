import type { Finding } from "./rule.ts";

type Open = Pick<Finding, "field" | "problem"> & { readonly rule: string };

/** The same field left open by several rules, as one. */
export interface OpenField<One extends Open> {
  readonly first: One;
  /** `no-open-cors, no-debug-in-production, env-isolation and 9 more rules`. */
  readonly rules: string;
}

/** What rules left open, by field and reason; of the rules only so many are named. */
export function openFields<One extends Open>(open: readonly One[], named: number): OpenField<One>[] {
  return [...Map.groupBy(open, ({ field, problem }) => `${field} ${problem}`).values()].map((same) => {
    const rules = [...new Set(same.map(({ rule }) => rule))];
    const more = rules.length - named;
    // To count one rule is no shorter than to name it.
    const shown = more > 1 ? `${rules.slice(0, named).join(", ")} and ${more} more rules` : rules.join(", ");
    return { first: same[0]!, rules: shown };
  });
}

/** How many rules are named with a field that they left open. */
export const namedRules = 5;
