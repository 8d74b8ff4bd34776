import type { AnyRule, Level } from "../../core/rules/rule.ts";
import type { Stage } from "../../core/stage.ts";

type Levels = Level | Partial<Record<Stage, Level>>;

/** What is set of rules for a purpose, as a configuration would: what one says itself comes after it. */
export interface Profile {
  readonly description: string;
  readonly rules: Readonly<Record<string, Levels | ({ readonly levels?: Levels } & Readonly<Record<string, unknown>>)>>;
}

/** Sets the same of all rules of which something is true. */
export function forAll(
  rules: readonly AnyRule[],
  chosen: (rule: AnyRule) => boolean,
  levels: (rule: AnyRule) => Levels,
): Profile["rules"] {
  return Object.fromEntries(rules.filter(chosen).map((rule) => [rule.id, levels(rule)]));
}
