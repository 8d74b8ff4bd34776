import type { Resources } from "../../core/profile.ts";
import { whole } from "../check.ts";
import type { Member } from "../environment/member.ts";
import { sized } from "../resources.ts";
import type { AppArgs } from "./args.ts";

/** An app's arguments, completed from the environment's profile. */
export interface Settings {
  port: number;
  health: { live: string; ready: string; verify: string };
  scale: { min: number; max: number; cpuPercent: number };
  preStopSeconds: number;
  drainSeconds: number;
  minReadySeconds: number;
  progressDeadlineSeconds: number;
  user: number;
  size: Resources;
}

export function settings(args: AppArgs, { name, profile }: Member): Settings {
  const min = args.scale?.min ?? profile.replicas.min;
  const progressDeadlineSeconds = args.progressDeadlineSeconds ?? 180;
  const ready = args.health?.ready ?? "/ready";
  const own: Settings = {
    port: args.port ?? 3000,
    health: { live: args.health?.live ?? "/live", ready, verify: args.health?.verify ?? ready },
    scale: {
      min,
      max: args.scale?.max ?? Math.max(min, profile.replicas.max),
      cpuPercent: args.scale?.cpuPercent ?? 70,
    },
    preStopSeconds: args.shutdown?.preStopSeconds ?? 5,
    drainSeconds: args.shutdown?.drainSeconds ?? 30,
    minReadySeconds: args.minReadySeconds ?? Math.min(profile.minReadySeconds, Math.floor(progressDeadlineSeconds / 2)),
    progressDeadlineSeconds,
    user: args.user ?? 1000,
    size: sized(args.resources, { cpu: "100m", memory: "256Mi" }),
  };
  whole(own.scale.min, 1000)(`App ${name}: scale.max`, own.scale.max);
  whole(0, progressDeadlineSeconds - 1)(`App ${name}: minReadySeconds`, own.minReadySeconds);
  return own;
}
