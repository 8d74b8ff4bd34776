import { brokenFloors } from "../../core/floors.ts";
import { type Overrides, type Profile, profileOf } from "../../core/profile.ts";
import { type Stage, stages } from "../../core/stage.ts";
import { ArgumentError, below } from "../argument.ts";
import { cpu, flag, memory, oneOf, whole } from "../check.ts";
import { all, map, only, optional } from "../shape.ts";
import type { ProfileArgs, ReplicasArgs } from "./args.ts";

export const monitoringChoice = oneOf(["required", "skip"]);

const replicas = optional(whole(1, 1000));

export const profileShape = only<ProfileArgs>({
  replicas: optional(only<ReplicasArgs>({ min: replicas, max: replicas })),
  minReadySeconds: optional(whole(0, 3599)),
  bakeSeconds: optional(whole(0, 300)),
  logLevel: optional(oneOf(["debug", "info"])),
  debug: optional(flag),
  imagesByDigest: optional(flag),
  deletionProtection: optional(flag),
  monitoring: optional(monitoringChoice),
  postgresStorage: optional(memory),
  redisStorage: optional(memory),
  postgresResources: optional(only({ cpu: optional(cpu), memory: optional(memory) })),
});

/** Those of all environments are checked in each: what production refuses is told in dev. */
export const profilesShape = all(map(oneOf(stages), profileShape), (path, value) => {
  for (const [stage, args] of Object.entries(value as { [stage: string]: ProfileArgs })) {
    checkedProfile(below(path, stage), stage as Stage, args);
  }
});

/** What the environment means to this system. What goes below a floor is refused, with the reason. */
export function checkedProfile(path: string, stage: Stage, args: ProfileArgs = {}): Profile {
  const overrides = args as Overrides;
  const profile = profileOf(stage, overrides);
  const { min, max } = profile.replicas;
  if (max < min) throw new ArgumentError(`${path}.replicas.max`, `${max} is less than replicas.min, ${min}`);
  for (const { floor, value } of brokenFloors(stage, overrides)) {
    const reason = `${value} is not allowed in ${stage}; give ${floor.allowed}: ${floor.why}`;
    throw new ArgumentError(`${path}.${floor.path}`, reason);
  }
  return profile;
}
