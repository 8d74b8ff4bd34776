import type { EnforcementLevel, ReportViolation, ResourceValidationPolicy } from "@pulumi/policy";
import { evaluate, sentence } from "../../core/rules/evaluate.ts";
import type { Rule } from "../../core/rules/rule.ts";
import { guarded } from "./guarded.ts";
import type { Memory } from "./memory.ts";
import { componentTitle } from "./urn.ts";

/** The SDK's function takes this too, though its type doesn't say so: a level of its own for one finding. */
type ReportAt = (violation: { message: string; urn: string; enforcementLevel: EnforcementLevel }) => void;

/** A rule as a policy: it runs on each resource before it is created, at preview and again at `up`. */
export function policyFor(rule: Rule, memory: Memory): ResourceValidationPolicy {
  const { id, description, severity } = rule;
  return {
    name: id,
    description,
    severity,
    enforcementLevel: "mandatory",
    validateResource: guarded(id, (args, report) => {
      const component = componentTitle(args.opts.parent);
      for (const judgement of memory.subjects(args).flatMap((subject) => evaluate(rule, subject))) {
        const message = component ? `${component}: ${sentence(judgement)}` : sentence(judgement);
        if (judgement.level === "mandatory") report(message, args.urn);
        if (judgement.level === "advisory") advise(report, `${description}\n${message}`, args.urn);
      }
    }),
  };
}

function advise(report: ReportViolation, message: string, urn: string): void {
  (report as unknown as ReportAt)({ message, urn, enforcementLevel: "advisory" });
}
