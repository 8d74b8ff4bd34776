import type { Rule } from "../rule.ts";
import { anySure, servicesOf } from "./services.ts";

/** The same rule, which refuses where a Service sends requests to the pods and advises elsewhere. */
export function strictWhereServed(rule: Rule, about: Pick<Rule, "levels" | "demands">): Rule {
  return {
    ...rule,
    ...about,
    description: `${rule.description} It is advice where no Service of the stack sends to the pods.`,
    relation: true,
    check: (subject, given) => {
      const found = rule.check(subject, given);
      const served = found.length > 0 && anySure(servicesOf(subject)) === "yes";
      return served ? found : found.map((one) => (one.level === "mandatory" ? { ...one, level: "advisory" } : one));
    },
  };
}
