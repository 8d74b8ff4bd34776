import * as pulumi from "@pulumi/pulumi";
import { type PlannedObject, RuleViolation, refuse } from "../core/rules/refuse.ts";
import type { Member } from "./environment/member.ts";

/**
 * Refuses objects that break a headline rule, before anything of the component is declared: the rules hold without the
 * pack too. What an output will hold is judged by the pack, once it is known.
 */
export function refuseBad({ name, stage, profile }: Member, planned: PlannedObject[]): void {
  try {
    refuse({ stage, profile, review: stage === "review" ? pulumi.getStack() : undefined }, planned);
  } catch (error) {
    if (error instanceof RuleViolation)
      throw new pulumi.RunError(`${name} breaks the rules of ${stage}:\n${error.message}`);
    throw error;
  }
}
