import type { Profile } from "../../core/profile.ts";
import type { Stage } from "../../core/stage.ts";
import { ArgumentError } from "../argument.ts";

/** Label of the namespace of an environment that ends: `kubectl get namespaces --selector palier.dev/ttl-hours`. */
export const ttlLabel = "palier.dev/ttl-hours";

/** Hours until it may be taken away; undefined where it stays. */
export function timeToLive(
  path: string,
  stage: Stage,
  { ttlHours }: Profile,
  given: number | undefined,
): number | undefined {
  if (given !== undefined && stage !== "review") {
    throw new ArgumentError(`${path}: ttlHours`, `${given} is not allowed in ${stage}: a review alone comes to an end`);
  }
  return given ?? ttlHours;
}

/** The instant at which so many hours are over. It is counted from what the cluster has on record, so no update moves it. */
export function expiry(created: string | undefined, hours: number): string {
  if (created === undefined) return `${hours} hours after it is made`;
  return new Date(Date.parse(created) + hours * 3_600_000).toISOString();
}
