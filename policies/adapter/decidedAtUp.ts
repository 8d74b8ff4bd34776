import type { ResourceValidationPolicy } from "@pulumi/policy";
import type { Judgement } from "../../core/rules/evaluate.ts";
import { guarded } from "./guarded.ts";
import type { Memory } from "./memory.ts";

const name = "decided-at-up";
const mostFields = 8;

/** One line a resource about everything that no rule could judge yet: a green preview must not look like a proof. */
export function decidedAtUp(memory: Memory): ResourceValidationPolicy {
  return {
    name,
    description: "Says what could not be decided yet. Resources are judged again at up, before they are created.",
    severity: "low",
    enforcementLevel: "advisory",
    validateResource: guarded(name, ({ type, urn }, report) => {
      if (type === "kubernetes:helm.sh/v3:Release") {
        report("No policy sees the objects that a Helm release makes; a Chart's objects are seen.", urn);
      }
      const open = memory.takeOpen(urn);
      if (open.length > 0) report(`Not decided: ${listed(open)}.`, urn);
    }),
  };
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
