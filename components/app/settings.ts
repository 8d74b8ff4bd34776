import type { Member } from "../environment/member.ts";
import { type ReplicaSettings, replicaSettings } from "../workload/settings.ts";
import type { AppArgs } from "./args.ts";

/** An app's arguments, completed from the environment's profile. */
export interface AppSettings extends ReplicaSettings {
  port: number;
  health: { live: string; ready: string; verify: string };
}

export function appSettings(args: AppArgs, me: Member): AppSettings {
  const ready = args.health?.ready ?? "/ready";
  const { preStopSeconds = 5, drainSeconds = 30 } = args.shutdown ?? {};
  return {
    ...replicaSettings(`App ${me.name}`, args, me, { preStopSeconds, drainSeconds }),
    port: args.port ?? 3000,
    health: { live: args.health?.live ?? "/live", ready, verify: args.health?.verify ?? ready },
  };
}
