import type { Resources } from "../../core/profile.ts";
import { below } from "../argument.ts";
import { whole } from "../check.ts";
import type { Member } from "../environment/member.ts";
import { sized } from "../resources.ts";
import type { ProcessArgs, ReplicasArgs } from "./args.ts";

/** A process's arguments, completed from the environment's profile. */
export interface Settings {
  size: Resources;
}

export interface ReplicaSettings extends Settings {
  scale: { min: number; max: number; cpuPercent: number };
  /** Seconds a pod that was told to end goes on as if nothing were. */
  preStopSeconds: number;
  /** Seconds it then has to finish. */
  drainSeconds: number;
  minReadySeconds: number;
  progressDeadlineSeconds: number;
}

export function settings({ resources }: ProcessArgs): Settings {
  return { size: sized(resources, { cpu: "100m", memory: "256Mi" }) };
}

/**
 * @param path The component as errors name it: `App api`.
 * @param end How a pod of its kind ends.
 */
export function replicaSettings(
  path: string,
  args: ProcessArgs & ReplicasArgs,
  { profile }: Member,
  end: Pick<ReplicaSettings, "preStopSeconds" | "drainSeconds">,
): ReplicaSettings {
  const min = args.scale?.min ?? profile.replicas.min;
  const progressDeadlineSeconds = args.progressDeadlineSeconds ?? 180;
  const own: ReplicaSettings = {
    ...settings(args),
    ...end,
    scale: {
      min,
      max: args.scale?.max ?? Math.max(min, profile.replicas.max),
      cpuPercent: args.scale?.cpuPercent ?? 70,
    },
    minReadySeconds: args.minReadySeconds ?? Math.min(profile.minReadySeconds, Math.floor(progressDeadlineSeconds / 2)),
    progressDeadlineSeconds,
  };
  whole(own.scale.min, 1000)(below(path, "scale.max"), own.scale.max);
  whole(0, progressDeadlineSeconds - 1)(below(path, "minReadySeconds"), own.minReadySeconds);
  return own;
}
