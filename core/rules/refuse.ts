import { evaluate, type Judgement, sentence } from "./evaluate.ts";
import { headlineRules } from "./index.ts";
import { Field } from "./reading/field.ts";
import { Inventory } from "./reading/inventory.ts";
import { kubernetesObjects } from "./reading/kubernetesObject.ts";
import type { Rule, Subject } from "./rule.ts";

/** An object as it is about to be handed to the Kubernetes provider: plain arguments, Outputs where values are late. */
export interface PlannedObject {
  readonly kind: string;
  readonly args: unknown;
}

export class RuleViolation extends Error {
  override readonly name = "RuleViolation";
  readonly findings: readonly Judgement[];

  constructor(findings: readonly Judgement[]) {
    super(findings.map((finding) => `${finding.rule}: ${sentence(finding)}`).join("\n"));
    this.findings = findings;
  }
}

/**
 * Throws all that the headline rules, and these more, refuse about these objects. Advice is left to the policy pack, and a value that is
 * still an Output to whoever sees it when it is known.
 */
export function refuse(
  environment: Pick<Subject, "stage" | "review" | "profile">,
  planned: readonly PlannedObject[],
  more: readonly Rule[] = [],
): void {
  const inventory = new Inventory();
  const objects = planned.flatMap(({ kind, args }) => kubernetesObjects(kind, new Field(args)));
  for (const object of objects) inventory.add(object);
  const findings = objects.flatMap((object) =>
    [...headlineRules, ...more].flatMap((rule) => evaluate(rule, { ...environment, object, inventory })),
  );
  const refused = findings.filter(({ level }) => level === "mandatory");
  if (refused.length > 0) throw new RuleViolation(refused);
}
