import { headlineRules } from "../../core/rules/index.ts";
import type { AnyRule } from "../../core/rules/rule.ts";
import { forAll, type Profile } from "./profile.ts";

const refusedFromStagingOn = {
  dev: "advisory",
  review: "advisory",
  staging: "mandatory",
  production: "mandatory",
} as const;
const isOf = (standard: string) => (rule: AnyRule) => rule.frameworks?.includes(standard) ?? false;
const isHeadline = ({ id }: AnyRule) => headlineRules.some((rule) => rule.id === id);

/** Profiles that anybody may want, made of what the rules say of themselves. */
export function standards(rules: readonly AnyRule[], release: readonly AnyRule[]): Record<string, Profile> {
  const all = [...rules, ...release];
  const isBaseline = (rule: AnyRule) => isOf("PSS baseline")(rule) || isHeadline(rule);
  const baseline = forAll(
    all,
    (rule) => !isBaseline(rule),
    () => "off",
  );
  const restricted = { ...baseline, ...forAll(all, isOf("PSS restricted"), () => refusedFromStagingOn) };
  return {
    baseline: {
      description: "For a first contact: the Pod Security Standard baseline and the headline rules. All else is off.",
      rules: baseline,
    },
    restricted: {
      description: "Baseline, and the Pod Security Standard restricted, refused from staging on.",
      rules: restricted,
    },
    production: {
      description: "All rules, and what the pack only advises in production is refused there.",
      rules: forAll(
        all,
        ({ levels }) => levels.production === "advisory",
        () => ({ production: "mandatory" }),
      ),
    },
  };
}
