import { type Overrides, type Profile, profileOf } from "./profile.ts";
import type { Stage } from "./stage.ts";

/** What no system may weaken in an environment. */
export interface Floor {
  /** Where it stands in the profile: `replicas.min`. */
  readonly path: string;
  /** What is allowed, in words. */
  readonly allowed: string;
  readonly why: string;
  holds(value: unknown): boolean;
}

const byDigest: Floor = {
  path: "imagesByDigest",
  allowed: "true",
  why: "what is promoted must be what was tested, and a tag can be moved in between",
  holds: (value) => value === true,
};

/** By environment. Components refuse what goes below, and so does the policy pack. */
export const floors: Readonly<Record<Stage, readonly Floor[]>> = {
  dev: [],
  review: [],
  staging: [byDigest],
  production: [
    byDigest,
    {
      path: "replicas.min",
      allowed: "2 or more",
      why: "one pod alone is gone with its node; a single app may still ask for one by its own scale.min",
      holds: (value) => Number(value) >= 2,
    },
    {
      path: "minReadySeconds",
      allowed: "10 or more",
      why: "a version that crashes at once would have taken every old pod with it",
      holds: (value) => Number(value) >= 10,
    },
    {
      path: "logLevel",
      allowed: '"info"',
      why: "debug output shows settings and people's data",
      holds: (value) => value === "info",
    },
    {
      path: "debug",
      allowed: "false",
      why: "debug switches show settings and people's data to whoever provokes an error",
      holds: (value) => value === false,
    },
    {
      path: "deletionProtection",
      allowed: "true",
      why: "one command typed in the wrong stack would take the data with it",
      holds: (value) => value === true,
    },
  ],
};

/** The floors that these overrides go below, each with the value that they come to. */
export function brokenFloors(stage: Stage, overrides: Overrides): { floor: Floor; value: string }[] {
  const profile = profileOf(stage, overrides);
  return floors[stage].flatMap((floor) => {
    const value = at(profile, floor.path);
    return floor.holds(value) ? [] : [{ floor, value: JSON.stringify(value) }];
  });
}

function at(profile: Profile, path: string): unknown {
  return path.split(".").reduce((value: unknown, key) => (value as Record<string, unknown>)[key], profile);
}
