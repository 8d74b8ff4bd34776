import { notDecided } from "./finding.ts";
import type { Field } from "./reading/field.ts";
import type { Finding } from "./rule.ts";

/** Judges a value where there is one; a value that is not known yet is said to be open. */
export function judge(field: Field, check: (field: Field) => Finding[], container?: string): Finding[] {
  if (field.absent) return [];
  return field.unknown ? [notDecided(field, container)] : check(field);
}
