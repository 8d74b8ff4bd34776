import type { ReportViolation, ResourceValidationPolicy } from "@pulumi/policy";
import { namedRules, openFields } from "../../core/rules/notDecided.ts";
import { guarded } from "./guarded.ts";
import type { Memory } from "./memory.ts";
import { reporter } from "./report.ts";

const about = {
  id: "decided-at-up",
  description: "Says what could not be decided yet. Resources are judged again at up, before they are created.",
  severity: "low",
} as const;
const mostFields = 8;

/** One line a resource about everything that no rule could judge yet: a green preview must not look like a proof. */
export function decidedAtUp(memory: Memory): ResourceValidationPolicy {
  return {
    name: about.id,
    description: about.description,
    severity: about.severity,
    enforcementLevel: "advisory",
    configSchema: {
      properties: {
        named: {
          type: "integer",
          minimum: 1,
          default: namedRules,
          description: "rules that are named with each field",
        },
      },
    },
    validateResource: guarded(about.id, ({ type, urn, getConfig }, report) => {
      memory.named = getConfig<{ named?: number }>().named ?? namedRules;
      if (type === "kubernetes:helm.sh/v3:Release") {
        report("No policy sees the objects that a Helm release makes; a Chart's objects are seen.", urn);
      }
      tellOpen(memory, urn, (said) => report(said, urn));
    }),
  };
}

/** The same of what relations left open, when the whole stack is known. */
export function tellOpenRelations(memory: Memory, report: ReportViolation): void {
  for (const urn of memory.openUrns()) {
    const tell = reporter(about, urn, report);
    tellOpen(memory, urn, (said) => tell(said, "advisory"));
  }
}

function tellOpen(memory: Memory, urn: string, tell: (said: string) => void): void {
  const fields = openFields(memory.takeOpen(urn), memory.named);
  if (fields.length === 0) return;
  const listed = fields.slice(0, mostFields).map(({ first, rules }) => `${first.field} (${rules}: ${first.problem})`);
  const more = fields.length - mostFields;
  tell(`Not decided: ${listed.join("; ")}${more > 0 ? `; and ${more} more fields` : ""}.`);
}
