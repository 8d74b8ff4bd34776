import type { ReportViolation } from "@pulumi/policy";
import type { Judgement } from "../../core/rules/evaluate.ts";
import type { Memory } from "./memory.ts";
import { reporter } from "./report.ts";

const about = {
  id: "decided-at-up",
  description: "Says what could not be decided yet. Resources are judged again at up, before they are created.",
  severity: "low",
} as const;
const mostFields = 8;

/** One line a resource about everything that no rule could judge yet: a green preview must not look like a proof. */
export function tellUndecided(memory: Memory, type: string, urn: string, report: ReportViolation): void {
  const tell = reporter(about, urn, report);
  if (type === "kubernetes:helm.sh/v3:Release") {
    tell("No policy sees the objects that a Helm release makes; a Chart's objects are seen.", "advisory");
  }
  const open = memory.takeOpen(urn);
  if (open.length > 0) tell(`Not decided: ${listed(open)}.`, "advisory");
}

/** `field (rule, rule: why)` for each field. */
function listed(open: Judgement[]): string {
  const fields = [...Map.groupBy(open, ({ field, problem }) => `${field} ${problem}`).values()].map((same) => {
    const [{ field = "", problem = "" } = {}] = same;
    return `${field} (${same.map(({ rule }) => rule).join(", ")}: ${problem})`;
  });
  const more = fields.length - mostFields;
  return fields.slice(0, mostFields).join("; ") + (more > 0 ? `; and ${more} more fields` : "");
}
