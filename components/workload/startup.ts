import type { types } from "@pulumi/kubernetes";
import { below } from "../argument.ts";
import { whole } from "../check.ts";
import type { ReplicaSettings } from "./settings.ts";

type Probe = types.input.core.v1.Probe;

/** Asks each second, so that a pod counts as soon as it can; until it does, no other probe is asked. */
export function startupProbe(ask: Probe, startSeconds: number): Probe {
  return { ...ask, periodSeconds: 1, failureThreshold: startSeconds };
}

/** A minute, or what was asked for. A rollout that is given up while its pods may still start would fail for nothing. */
export function startSeconds(
  path: string,
  given: number | undefined,
  { progressDeadlineSeconds }: Pick<ReplicaSettings, "progressDeadlineSeconds">,
): number {
  const seconds = given ?? Math.min(60, progressDeadlineSeconds);
  whole(1, progressDeadlineSeconds)(below(path, "health.startSeconds"), seconds);
  return seconds;
}
