import type { ReportViolation } from "@pulumi/policy";
import { openFields } from "../../core/rules/notDecided.ts";
import type { Memory } from "./memory.ts";
import { reporter } from "./report.ts";

const about = {
  id: "decided-at-up",
  description: "Says what could not be decided yet. Resources are judged again at up, before they are created.",
  severity: "low",
} as const;
const mostFields = 8;

/** One line a resource about everything that no rule could judge yet: a green preview must not look like a proof. */
export function tellUndecided(
  memory: Memory,
  { type, urn }: { type: string; urn: string },
  named: number,
  report: ReportViolation,
): void {
  if (type === "kubernetes:helm.sh/v3:Release") {
    const unseen = "No policy sees the objects that a Helm release makes; a Chart's objects are seen.";
    reporter(about, urn, report)(unseen, "advisory");
  }
  tellOpen(memory, urn, named, report);
}

/** The same of what relations left open, when the whole stack is known. */
export function tellOpenRelations(memory: Memory, named: number, report: ReportViolation): void {
  for (const urn of memory.openUrns()) tellOpen(memory, urn, named, report);
}

function tellOpen(memory: Memory, urn: string, named: number, report: ReportViolation): void {
  const fields = openFields(memory.takeOpen(urn), named);
  if (fields.length === 0) return;
  const listed = fields.slice(0, mostFields).map(({ first, rules }) => `${first.field} (${rules}: ${first.problem})`);
  const more = fields.length - mostFields;
  const said = `Not decided: ${listed.join("; ")}${more > 0 ? `; and ${more} more fields` : ""}.`;
  reporter(about, urn, report)(said, "advisory");
}
