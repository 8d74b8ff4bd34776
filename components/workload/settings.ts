import type { Resources } from "../../core/profile.ts";
import { whole } from "../check.ts";
import type { Member } from "../environment/member.ts";
import { sized } from "../resources.ts";
import type { ReplicatedArgs, WorkloadArgs } from "./args.ts";

/** A workload's arguments, completed from the environment's profile. */
export interface Settings {
  user: number;
  size: Resources;
}

export interface ReplicatedSettings extends Settings {
  scale: { min: number; max: number; cpuPercent: number };
  preStopSeconds: number;
  drainSeconds: number;
  minReadySeconds: number;
  progressDeadlineSeconds: number;
}

export function settings(args: Pick<WorkloadArgs, "user" | "resources">): Settings {
  return { user: args.user ?? 1000, size: sized(args.resources, { cpu: "100m", memory: "256Mi" }) };
}

/** @param path The component as errors name it: `App api`. */
export function replicatedSettings(path: string, args: ReplicatedArgs, { profile }: Member): ReplicatedSettings {
  const min = args.scale?.min ?? profile.replicas.min;
  const progressDeadlineSeconds = args.progressDeadlineSeconds ?? 180;
  const own: ReplicatedSettings = {
    ...settings(args),
    scale: {
      min,
      max: args.scale?.max ?? Math.max(min, profile.replicas.max),
      cpuPercent: args.scale?.cpuPercent ?? 70,
    },
    preStopSeconds: args.shutdown?.preStopSeconds ?? 5,
    drainSeconds: args.shutdown?.drainSeconds ?? 30,
    minReadySeconds: args.minReadySeconds ?? Math.min(profile.minReadySeconds, Math.floor(progressDeadlineSeconds / 2)),
    progressDeadlineSeconds,
  };
  whole(own.scale.min, 1000)(`${path}: scale.max`, own.scale.max);
  whole(0, progressDeadlineSeconds - 1)(`${path}: minReadySeconds`, own.minReadySeconds);
  return own;
}
