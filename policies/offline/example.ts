import { Field, undecided } from "../../core/rules/reading/field.ts";
import { Inventory } from "../../core/rules/reading/inventory.ts";
import { kubernetesObjects } from "../../core/rules/reading/kubernetesObject.ts";
import type { Finding, Given, Rule, Subject } from "../../core/rules/rule.ts";
import { changedAt } from "./fieldPath.ts";

/** An object as a program states it. */
export type Manifest = Readonly<Record<string, unknown>> & { readonly kind: string };

export interface Example {
  /** The object to judge, and others of its stack. */
  readonly manifests: readonly [Manifest, ...Manifest[]];
  /** What was set of the rule. */
  readonly set?: Given;
  /** What else is known where the object is about to run. */
  readonly around?: Partial<Subject>;
}

/** What a rule refuses and what it lets pass, as plainly as can be. */
export interface Examples {
  readonly refused: Example;
  readonly passed: Example;
}

/** What a rule finds in an example, as in production. */
export function judged(rule: Rule, { manifests, set, around }: Example): Finding[] {
  const [subjects = [], ...others] = manifests.map((one) => kubernetesObjects(one.kind, new Field(one)));
  const inventory = new Inventory();
  for (const object of [...others, subjects].flat()) inventory.add(object);
  const given = set && (rule.parameters?.parse(set) as Given);
  return subjects.flatMap((object) => rule.check({ object, stage: "production", inventory, ...around }, given));
}

/** The same example with the value there not known yet. */
export function notKnownYet(example: Example, keys: readonly (string | number)[]): Example {
  const [subject, ...others] = example.manifests;
  return { ...example, manifests: [changedAt(subject, keys, undecided) as Manifest, ...others] };
}
