import type { Input } from "@pulumi/pulumi";
import { rollingSlot } from "../../core/labels.ts";
import type { Member } from "../environment/member.ts";
import type { RolloutArgs } from "./args.ts";
import { slotOf } from "./slot.ts";

/** How a release goes, completed: exactly one of the two. */
export interface Rollout {
  rolling?: { undo: boolean };
  blueGreen?: { smoke: string; smokeSeconds: number; bakeSeconds: number };
}

export function rolloutSettings(
  { blueGreen, rolling }: RolloutArgs = {},
  { profile }: Pick<Member, "profile">,
  verify: string,
): Rollout {
  if (!blueGreen) return { rolling: { undo: rolling?.undo ?? true } };
  const { smoke = verify, smokeSeconds = 30, bakeSeconds = profile.bakeSeconds } = blueGreen;
  return { blueGreen: { smoke, smokeSeconds, bakeSeconds } };
}

/** @param path The image as errors name it. */
export function slotFor(path: string, rollout: Rollout, image: Input<string>): string {
  return rollout.blueGreen ? slotOf(path, image) : rollingSlot;
}
