import type { Rollout, Trial } from "./settings.ts";
import { slotOf } from "./slot.ts";

/** A release that has a share beside the one that counts, until a human goes on. */
export interface Phase {
  slot: string;
  /** In percent, 1–99. */
  share: number;
  tried: Trial;
}

/** Undefined where nothing waits at a share. @param path The phase as errors name it. */
export function phaseOf(path: string, { canary }: Rollout): Phase | undefined {
  if (!canary?.phase || canary.phase.weight === 0) return undefined;
  const { phase, ...tried } = canary;
  return { slot: slotOf(`${path}.image`, phase.image), share: phase.weight, tried };
}
