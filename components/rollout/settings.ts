import type { Input } from "@pulumi/pulumi";
import { rollingSlot } from "../../core/labels.ts";
import type { Member } from "../environment/member.ts";
import type { RolloutArgs } from "./args.ts";
import type { AnalysisArgs, CanaryStepArgs } from "./canaryArgs.ts";
import type { EngineName } from "./engine/name.ts";
import type { PhaseArgs } from "./phaseArgs.ts";
import { slotOf } from "./slot.ts";
import { usualWeights } from "./usualWeights.ts";

/** How a release goes, completed: exactly one of the three, and who does it. */
export interface Rollout {
  /** Undefined where the update itself does it. */
  engine?: EngineName;
  rolling?: { undo: boolean };
  blueGreen?: { smoke: string; smokeSeconds: number; bakeSeconds: number };
  canary?: Trial & { phase?: PhaseArgs };
}

/** What a new release goes through before it counts. */
export interface Trial {
  smoke: string;
  smokeSeconds: number;
  /** The last of them has all traffic. */
  steps: CanaryStepArgs[];
  analysis?: AnalysisArgs;
}

export function rolloutSettings(args: RolloutArgs = {}, me: Pick<Member, "profile">, verify: string): Rollout {
  const engine = args.engine as EngineName | undefined;
  return { ...(engine && { engine }), ...strategyOf(args, me, verify) };
}

function strategyOf(
  { blueGreen, canary, rolling }: RolloutArgs,
  { profile }: Pick<Member, "profile">,
  verify: string,
): Omit<Rollout, "engine"> {
  const { smoke = verify, smokeSeconds = 30 } = canary ?? blueGreen ?? {};
  if (canary) {
    const {
      steps = usualWeights.map((weight) => ({ weight, seconds: profile.bakeSeconds })),
      analysis,
      phase,
    } = canary;
    return { canary: { smoke, smokeSeconds, steps, ...(analysis && { analysis }), ...(phase && { phase }) } };
  }
  if (!blueGreen) return { rolling: { undo: rolling?.undo ?? true } };
  return { blueGreen: { smoke, smokeSeconds, bakeSeconds: blueGreen.bakeSeconds ?? profile.bakeSeconds } };
}

/**
 * Blue-green is a canary of one step, and so is what takes the place of one of them and is itself replaced in place.
 *
 * @param known It was found good before and is brought back: nobody waits for its shares to grow.
 */
export function trialOf(
  { canary, blueGreen }: Rollout,
  usual: { smoke: string; smokeSeconds: number; bakeSeconds: number },
  known: boolean,
): Trial {
  const { smoke, smokeSeconds } = canary ?? blueGreen ?? usual;
  if (canary && known) return { smoke, smokeSeconds, steps: [{ weight: 100, seconds: 0 }] };
  if (canary) return canary;
  const { bakeSeconds } = blueGreen ?? usual;
  return { smoke, smokeSeconds, steps: [{ weight: 100, seconds: bakeSeconds }] };
}

/** @param path The image as errors name it. */
export function slotFor(path: string, { engine, blueGreen, canary }: Rollout, image: Input<string>): string {
  return !engine && (blueGreen || canary) ? slotOf(path, image) : rollingSlot;
}
