import type { Profile, Resources } from "../../core/profile.ts";
import { sized } from "../resources.ts";
import type { RedisArgs } from "./args.ts";

/** How much a server has, completed from the environment's profile. */
export function capacity(
  { storage, resources }: Pick<RedisArgs, "storage" | "resources">,
  profile: Profile,
): { storage: string; resources: Resources } {
  return {
    storage: storage ?? profile.redisStorage,
    resources: sized(resources, { cpu: "50m", memory: "128Mi" }),
  };
}
