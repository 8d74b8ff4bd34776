import { brokenFloors } from "../../core/floors.ts";
import { type Overrides, type Profile, profileOf } from "../../core/profile.ts";
import type { Stage } from "../../core/stage.ts";
import { readable } from "./props.ts";

/** What an `Environment` says that its stage means to the system; undefined where it may not be said. */
export function statedProfile(stage: Stage, props: unknown): Profile | undefined {
  const { profile } = readable(props) as { profile?: unknown };
  if (typeof profile !== "object" || profile === null) return undefined;
  const overrides = profile as Overrides;
  return brokenFloors(stage, overrides).length > 0 ? undefined : profileOf(stage, overrides);
}
