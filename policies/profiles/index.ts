import { release } from "../release/index.ts";
import { rules } from "../themes.ts";
import type { Profile } from "./profile.ts";
import { standards } from "./standards.ts";
import { systems } from "./systems.ts";

/** What can be chosen by one name. */
export const profiles: Readonly<Record<string, Profile>> = { ...standards(rules, release), ...systems };
