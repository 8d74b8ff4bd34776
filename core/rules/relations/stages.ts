import type { Rule } from "../rule.ts";

/** Refused where users would notice, advised one step before. */
export const advisedInStaging: Rule["levels"] = {
  dev: "off",
  review: "off",
  staging: "advisory",
  production: "mandatory",
};

/** Advice in production. */
export const advisedInProduction: Rule["levels"] = {
  dev: "off",
  review: "off",
  staging: "off",
  production: "advisory",
};
