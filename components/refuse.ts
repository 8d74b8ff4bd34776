import * as pulumi from "@pulumi/pulumi";
import { type PlannedObject, RuleViolation, refuse } from "../core/rules/refuse.ts";
import type { Rule } from "../core/rules/rule.ts";
import type { Member } from "./environment/member.ts";

/**
 * Refuses objects that break a headline rule, before anything of the component is declared: the rules hold without the
 * pack too, and so do those that one component is about. What an output will hold is judged by the pack, once it is known.
 */
export function refuseBad({ name, stage, profile }: Member, planned: PlannedObject[], more: Rule[] = []): void {
  try {
    refuse({ stage, profile, review: stage === "review" ? pulumi.getStack() : undefined }, planned, more);
  } catch (error) {
    if (error instanceof RuleViolation)
      throw new pulumi.RunError(`${name} breaks the rules of ${stage}:\n${error.message}`);
    throw error;
  }
}
