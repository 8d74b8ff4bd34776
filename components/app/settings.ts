import type { Member } from "../environment/member.ts";
import { type ReplicatedSettings, replicatedSettings } from "../workload/settings.ts";
import type { AppArgs } from "./args.ts";

/** An app's arguments, completed from the environment's profile. */
export interface AppSettings extends ReplicatedSettings {
  port: number;
  health: { live: string; ready: string; verify: string };
}

export function appSettings(args: AppArgs, me: Member): AppSettings {
  const ready = args.health?.ready ?? "/ready";
  return {
    ...replicatedSettings(`App ${me.name}`, args, me),
    port: args.port ?? 3000,
    health: { live: args.health?.live ?? "/live", ready, verify: args.health?.verify ?? ready },
  };
}
