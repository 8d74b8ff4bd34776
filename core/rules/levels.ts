import type { Stage } from "../stage.ts";
import type { Level } from "./rule.ts";

type Levels = Readonly<Record<Stage, Level>>;

/** Refused in every environment. */
export const everywhere: Levels = {
  dev: "mandatory",
  review: "mandatory",
  staging: "mandatory",
  production: "mandatory",
};

/** Advice where things are tried, refused from staging on. */
export const fromStagingOn: Levels = {
  dev: "advisory",
  review: "advisory",
  staging: "mandatory",
  production: "mandatory",
};

/** Advice from staging on. */
export const advisedFromStagingOn: Levels = {
  dev: "off",
  review: "off",
  staging: "advisory",
  production: "advisory",
};

/** A matter of taste or circumstance: only for those who ask for it. */
export const off: Levels = { dev: "off", review: "off", staging: "off", production: "off" };

/** Dev is free, a review environment advised: both are thrown away. Refused from staging on. */
export const notInDev: Levels = { dev: "off", review: "advisory", staging: "mandatory", production: "mandatory" };

/** Advice where real users are. */
export const advisedInProduction: Levels = { dev: "off", review: "off", staging: "off", production: "advisory" };
