import { finding, notDecided, type Words } from "./finding.ts";
import type { Field } from "./reading/field.ts";
import type { Finding } from "./rule.ts";

/** Judges a value where there is one; a value that is not known yet is said to be open. */
export function judge(field: Field, check: (field: Field) => Finding[], container?: string): Finding[] {
  if (field.absent) return [];
  return field.unknown ? [notDecided(field, container)] : check(field);
}

/** Refuses where nothing is stated. A value that is not known yet is there; below one, that is open. */
export function refuseAbsent(field: Field, words: Words, container?: string): Finding[] {
  if (field.open) return [notDecided(field, container)];
  return field.absent ? [finding(field, words, container)] : [];
}

/** Refuses a value of which this is true, in these words; the value is shown unless it may be a secret. */
export function refuseIf(field: Field, wrong: (text: string) => boolean, words: Words, container?: string): Finding[] {
  return judge(
    field,
    ({ text }) => (text !== undefined && wrong(text) ? [finding(field, { value: text, ...words }, container)] : []),
    container,
  );
}
