import type { Profile, Resources } from "../../core/profile.ts";
import { sized } from "../resources.ts";
import type { PostgresArgs } from "./args.ts";
import { clusterSettings } from "./cluster/settings.ts";
import { usualConnections } from "./parameters.ts";
import { poolerSettings } from "./pooler/settings.ts";

/** How much a server has, and how many it answers at once. */
export interface Capacity {
  storage: string;
  resources: Resources;
  connections: number;
}

/** What all arguments come to, for whoever asks. */
export function completed(args: PostgresArgs, profile: Profile): object {
  const { cluster, pooler } = args;
  return {
    ...capacity(args, profile),
    ...(cluster ? { cluster: clusterSettings(cluster, profile) } : {}),
    ...(pooler ? { pooler: poolerSettings(pooler, profile) } : {}),
  };
}

/** Completed from the environment's profile. */
export function capacity(
  { storage, resources, connections }: Pick<PostgresArgs, "storage" | "resources" | "connections">,
  profile: Profile,
): Capacity {
  const size = sized(resources, profile.postgresResources);
  return {
    storage: storage ?? profile.postgresStorage,
    resources: size,
    connections: connections ?? usualConnections(size.memory),
  };
}
