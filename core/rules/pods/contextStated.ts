import { finding, notDecided } from "../finding.ts";
import { advisedFromStagingOn } from "../levels.ts";
import type { Field } from "../reading/field.ts";
import { podRule } from "./podRule.ts";

export const securityContextStated = podRule(
  {
    id: "security-context-stated",
    description: "Every container has a security context, its own or the pod's.",
    why: "Without one a container has whatever rights its image and the runtime happen to give it.",
    severity: "low",
    levels: advisedFromStagingOn,
    rows: ["B11"],
    frameworks: ["CIS 5.7.3"],
  },
  ({ spec, containers, partial }) => {
    if (partial || isStated(spec.at("securityContext"))) return [];
    return containers.flatMap(({ field, name }) => {
      const context = field.at("securityContext");
      if (context.unknown) return [notDecided(context, name)];
      const words = { problem: "is not set", fix: "write runAsNonRoot: true, and more" };
      return isStated(context) ? [] : [finding(context, words, name)];
    });
  },
);

/** An empty one says nothing. */
function isStated(context: Field): boolean {
  return !context.unknown && context.entries().length > 0;
}
