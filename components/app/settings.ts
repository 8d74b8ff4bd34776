import type { Resources } from "../../core/profile.ts";
import { checkPattern, checkWhole } from "../argument.ts";
import type { Member } from "../environment/member.ts";
import { sized } from "../resources.ts";
import type { AppArgs } from "./args.ts";

/** An app's arguments, checked and completed from the environment's profile. */
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

export function settings(args: AppArgs, { profile }: Member): Settings {
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
  check(own, args);
  return own;
}

function check(own: Settings, args: AppArgs): void {
  checkWhole("port", own.port, 1024, 65535);
  checkWhole("scale.min", own.scale.min, 1, 1000);
  checkWhole("scale.max", own.scale.max, own.scale.min, 1000);
  checkWhole("scale.cpuPercent", own.scale.cpuPercent, 1, 100);
  checkWhole("shutdown.preStopSeconds", own.preStopSeconds, 0, 600);
  checkWhole("shutdown.drainSeconds", own.drainSeconds, 1, 3600);
  checkWhole("progressDeadlineSeconds", own.progressDeadlineSeconds, 10, 3600);
  checkWhole("minReadySeconds", own.minReadySeconds, 0, own.progressDeadlineSeconds - 1);
  checkWhole("user", own.user, 1, 65535);
  if (args.nodePort !== undefined) checkWhole("nodePort", args.nodePort, 1, 65535);
  for (const [path, value] of Object.entries(own.health)) {
    checkPattern(`health.${path}`, value, /^\/\S*$/, "a path that begins with /");
  }
  for (const name of [...Object.keys(args.variables ?? {}), ...Object.keys(args.links ?? {})]) {
    checkPattern(`variables.${name}`, name, /^[A-Z_][A-Z0-9_]*$/, "capitals, digits and underscores, no digit first");
  }
}
