import type { Profile, Resources } from "../../core/profile.ts";
import { sized } from "../resources.ts";
import type { PostgresArgs } from "./args.ts";

/** How much a server has, completed from the environment's profile. */
export function capacity(
  { storage, resources }: Pick<PostgresArgs, "storage" | "resources">,
  profile: Profile,
): { storage: string; resources: Resources } {
  return {
    storage: storage ?? profile.postgresStorage,
    resources: sized(resources, profile.postgresResources),
  };
}
