import type { StackValidationPolicy } from "@pulumi/policy";
import { stackType } from "./guarded.ts";
import type { Memory } from "./memory.ts";

/** What is let pass stays in sight: which exemptions were used, which nobody needs, which are over. */
export function exemptionsPolicy(memory: Memory): StackValidationPolicy {
  return {
    name: "exemptions",
    description: "Lists the exemptions that the configuration of the rules makes.",
    severity: "low",
    enforcementLevel: "advisory",
    validateStack: ({ resources }, report) => {
      const lines = memory.exemptions.lines();
      const root = resources.find(({ type }) => type === stackType);
      if (lines.length > 0) report(lines.join("\n"), root?.urn);
    },
  };
}
