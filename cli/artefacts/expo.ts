import { refuseForeign } from "./foreign.ts";
import type { Place } from "./place.ts";
import { type ProfileName, profilesIn } from "./profiles.ts";

/** How the builds of each profile differ but for what they are told. */
const builds: Readonly<Record<ProfileName, object>> = {
  development: { developmentClient: true, distribution: "internal" },
  preview: { distribution: "internal" },
  production: { autoIncrement: true },
};

/** `eas.json`: a build profile and channel for each environment, with what that environment's program declares. */
export function easJson(places: readonly Place[]): string | undefined {
  const profiles = [...profilesIn(places)];
  if (profiles.length === 0) return undefined;
  const build = profiles.map(([profile, place]) => {
    const env = place.artefacts.expo!.variables;
    refuseForeign("eas.json", JSON.stringify(env), place, places);
    return [profile, { ...builds[profile], channel: profile, env }];
  });
  const json = {
    cli: { version: ">= 16.0.0", appVersionSource: "remote" },
    build: Object.fromEntries(build),
    submit: { production: {} },
  };
  return `${JSON.stringify(json, undefined, 2)}\n`;
}
