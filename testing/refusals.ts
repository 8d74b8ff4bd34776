import { sentence } from "../core/rules/evaluate.ts";
import { check } from "../policies/offline/check.ts";
import { rules } from "../policies/themes.ts";
import { objectsOf } from "../render/objects.ts";
import type { Rendered } from "../render/rendered.ts";

/**
 * What the policy pack refuses of what was rendered, by the rules of the stack's environment; a name that means none is held
 * to production's. Each is `rule: object: field …, fix`, as `palier policy check` prints it. Rules about releases, and those
 * about options of resources, need a preview.
 *
 * @param configuration What stands under `rules` in the pack's configuration: a profile, levels, parameters, exemptions.
 * @throws Error when that has unknown rules or keys
 */
export function refusals(rendered: Rendered, configuration: object = {}): string[] {
  const items = objectsOf(rendered).map((object) => ({ object }));
  const { stack, stage = "production" } = rendered;
  const review = stage === "review" ? stack.toLowerCase() : undefined;
  const { findings, problems } = check(rules, { items, stage, review, configuration });
  if (problems.length > 0) throw new Error(problems.join("\n"));
  const mandatory = findings.filter(({ judgement }) => judgement.level === "mandatory");
  return mandatory.map(({ rule, judgement }) => `${rule.id}: ${sentence(judgement)}`);
}
