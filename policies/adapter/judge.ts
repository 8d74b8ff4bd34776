import type { EnforcementLevel, ReportViolation, Severity } from "@pulumi/policy";
import { sentence } from "../../core/rules/evaluate.ts";
import type { Rule } from "../../core/rules/rule.ts";
import type { Memory, Seen } from "./memory.ts";
import type { RuleSettings } from "./settings.ts";
import { componentTitle } from "./urn.ts";

/** The SDK's function takes this too, though its type doesn't say so: a finding under a name and level of its own. */
type ReportAs = (violation: {
  name: string;
  description: string;
  severity: Severity;
  message: string;
  urn: string;
  enforcementLevel?: EnforcementLevel;
}) => void;

/** Reports what a rule finds in an object, and leaves for later what it can't decide yet. */
export function judge(
  rule: Rule,
  { urn, parent, subject }: Seen,
  set: RuleSettings,
  memory: Memory,
  now: Date,
  report: ReportViolation,
): void {
  const { id: name, description, severity } = rule;
  const component = componentTitle(parent);
  for (const judgement of memory.exemptions.rest(rule, set, urn, { ...subject, now }, now)) {
    const said = component ? `${component}: ${sentence(judgement)}` : sentence(judgement);
    if (judgement.level === "mandatory") tell(said);
    else if (judgement.level === "advisory") tell(said, "advisory");
    else if (rule.relation) tell(`Not decided: ${said}`, "advisory");
    else memory.leaveOpen(urn, judgement);
  }

  /** Without a level of its own it has that of the policy, which configuration may lower. */
  function tell(said: string, enforcementLevel?: EnforcementLevel): void {
    const message = `${description}\n${said}`;
    (report as unknown as ReportAs)({ name, description, severity, message, urn, enforcementLevel });
  }
}
