import type { Resources } from "../../core/profile.ts";
import { below } from "../argument.ts";
import { whole } from "../check.ts";
import type { Member } from "../environment/member.ts";
import { sized } from "../resources.ts";
import type { ProcessArgs, ReplicatedArgs, ScaleArgs } from "./args.ts";
import { type Writable, writable } from "./writable.ts";

/** A process's arguments, completed from the environment's profile. */
export interface Settings {
  size: Resources;
  writable: Writable;
}

/** What a pod asks for, by a word. */
export const sizes: Readonly<Record<string, Resources>> = {
  small: { cpu: "100m", memory: "256Mi" },
  medium: { cpu: "250m", memory: "512Mi" },
  large: { cpu: "1", memory: "1Gi" },
};

export interface ReplicaSettings extends Settings {
  scale: ScaleArgs & Required<Pick<ScaleArgs, "min" | "max" | "cpuPercent" | "upSeconds" | "downSeconds">>;
  /** Seconds a pod that was told to end goes on as if nothing were. */
  preStopSeconds: number;
  /** Seconds it then has to finish. */
  drainSeconds: number;
  /** Labels of nodes over which the replicas are spread. */
  spread: string[];
  minReadySeconds: number;
  progressDeadlineSeconds: number;
}

/** What a pod asks for where nothing is said. */
export const usualSize = "small";

export function settings({ size = usualSize, resources, writablePaths }: ProcessArgs): Settings {
  return { size: sized(resources, sizes[size]!), writable: writable(writablePaths) };
}

/**
 * @param path The component as errors name it: `App api`.
 * @param end How a pod of its kind ends.
 */
export function replicaSettings(
  path: string,
  args: ProcessArgs & ReplicatedArgs,
  { profile }: Member,
  end: Pick<ReplicaSettings, "preStopSeconds" | "drainSeconds">,
): ReplicaSettings {
  const min = args.scale?.min ?? profile.replicas.min;
  const progressDeadlineSeconds = args.progressDeadlineSeconds ?? 180;
  const own: ReplicaSettings = {
    ...settings(args),
    ...end,
    scale: {
      max: Math.max(min, profile.replicas.max),
      cpuPercent: 70,
      upSeconds: 0,
      downSeconds: 300,
      ...given(args.scale),
      min,
    },
    spread: args.spread ?? ["kubernetes.io/hostname"],
    minReadySeconds: args.minReadySeconds ?? Math.min(profile.minReadySeconds, Math.floor(progressDeadlineSeconds / 2)),
    progressDeadlineSeconds,
  };
  whole(own.scale.min, 1000)(below(path, "scale.max"), own.scale.max);
  whole(0, progressDeadlineSeconds - 1)(below(path, "minReadySeconds"), own.minReadySeconds);
  return own;
}

/** Without what was left out in so many words. */
function given(scale: ScaleArgs = {}): ScaleArgs {
  return Object.fromEntries(Object.entries(scale).filter(([, value]) => value !== undefined));
}
