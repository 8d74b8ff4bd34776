import type { Declared } from "../declared.ts";
import { inputOf, type Subject } from "./inputs.ts";
import { outcomeOf } from "./outcome.ts";
import { faults } from "./verdict.ts";

/** What a number of inputs came to. */
export interface Tally {
  valid: number;
  refused: number;
  objects: number;
  kinds: string[];
  seconds: number;
  /** What was not as it must be, each with the input's number. */
  faults: string[];
}

/** Runs the first inputs of a subject. */
export async function tried(what: Subject, count: number): Promise<Tally> {
  const since = Date.now();
  const declared: Declared[] = [];
  const found: string[] = [];
  let valid = 0;
  for (let number = 0; number < count; number++) {
    const input = inputOf(what, number);
    const outcome = await outcomeOf(input);
    found.push(...faults(input, outcome).map((fault) => `${what} ${number} (${input.made}): ${fault}`));
    if ("error" in outcome) continue;
    valid++;
    declared.push(...outcome.declared.filter(({ type }) => type.startsWith("kubernetes:")));
  }
  const kinds = [...new Set(declared.map(({ type }) => type.split(":")[2]!))].sort();
  const seconds = Math.round((Date.now() - since) / 1000);
  return { valid, refused: count - valid, objects: declared.length, kinds, seconds, faults: found };
}
