import type { EnforcementLevel, ReportViolation, Severity } from "@pulumi/policy";
import type { Rule } from "../../core/rules/rule.ts";

/** The SDK's function takes this too, though its type doesn't say so: a finding under a name and level of its own. */
type ReportAs = (violation: {
  name: string;
  description: string;
  severity: Severity;
  message: string;
  urn: string;
  enforcementLevel?: EnforcementLevel;
}) => void;

/** Reports what a rule finds under the rule's own name. Without a level it has that of the policy, which configuration may lower. */
export function reporter(
  { id: name, description, severity }: Pick<Rule, "id" | "description" | "severity">,
  urn: string,
  report: ReportViolation,
): (said: string, level?: EnforcementLevel) => void {
  return (said, enforcementLevel) => {
    const message = `${description}\n${said}`;
    (report as unknown as ReportAs)({ name, description, severity, message, urn, enforcementLevel });
  };
}
