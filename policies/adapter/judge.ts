import type { ReportViolation } from "@pulumi/policy";
import { evaluate, sentence } from "../../core/rules/evaluate.ts";
import type { Rule } from "../../core/rules/rule.ts";
import type { Memory, Seen } from "./memory.ts";
import { reporter } from "./report.ts";
import type { RuleSettings } from "./settings.ts";
import { componentTitle } from "./urn.ts";

/** Reports what a rule finds in an object, and leaves for later what it can't decide yet. */
export function judge(
  rule: Rule,
  { urn, parent, subject }: Seen,
  set: RuleSettings,
  memory: Memory,
  now: Date,
  report: ReportViolation,
): void {
  const tell = reporter(rule, urn, report);
  const component = componentTitle(parent);
  const judgements = evaluate(rule, { ...subject, now }, set);
  for (const judgement of memory.exemptions.rest(rule, set, [subject.object.name, urn], judgements, now)) {
    const said = component ? `${component}: ${sentence(judgement)}` : sentence(judgement);
    if (judgement.level === "mandatory") tell(said);
    else if (judgement.level === "advisory") tell(said, "advisory");
    else memory.leaveOpen(urn, judgement);
  }
}
