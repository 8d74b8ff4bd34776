import type { ReportViolation } from "@pulumi/policy";
import * as pulumi from "@pulumi/pulumi";
import { evaluateRelease, sentence } from "../../core/rules/evaluate.ts";
import type { ReleaseRule } from "../../core/rules/release/release.ts";
import type { Memory } from "./memory.ts";
import { plannedRelease } from "./plannedRelease.ts";
import { reporter } from "./report.ts";
import type { PackSettings } from "./settings.ts";
import { parseUrn } from "./urn.ts";

/**
 * Judges what is about to be released, on the stack's own resource, which comes before all others: at `up` nothing is made
 * when something is refused. A preview says the same and goes on, so that it can be had at any hour.
 */
export function judgeRelease(
  rules: readonly ReleaseRule[],
  urn: string,
  settings: PackSettings,
  memory: Memory,
  now: Date,
  report: ReportViolation,
): void {
  const { project } = parseUrn(urn);
  const release = plannedRelease(project, memory.surroundings(urn).stage, now);
  for (const rule of rules) {
    const set = settings.of(rule);
    const tell = reporter(rule, urn, report);
    const judgements = evaluateRelease(rule, release, set);
    for (const judgement of memory.exemptions.rest(rule, set, [project, urn], judgements, now)) {
      const said = sentence(judgement);
      if (judgement.level !== "mandatory") tell(said, "advisory");
      else if (pulumi.runtime.isDryRun()) tell(`${said} A preview goes on; pulumi up is refused.`, "advisory");
      else tell(said);
    }
  }
}
