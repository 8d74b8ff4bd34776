import type { ReportViolation } from "@pulumi/policy";
import type { Memory } from "./memory.ts";
import { reporter } from "./report.ts";

const about = {
  id: "exemptions",
  description: "Lists the exemptions that the configuration of the rules makes.",
  severity: "low",
} as const;

/** What is let pass stays in sight: which exemptions were used, which nobody needs, which are over. */
export function tellExemptions(memory: Memory, urn: string, report: ReportViolation): void {
  const lines = memory.exemptions.lines();
  if (lines.length > 0) reporter(about, urn, report)(lines.join("\n"), "advisory");
}
