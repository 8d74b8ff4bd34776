import type { Cluster, Live } from "../../../core/cluster/cluster.ts";
import { interruptible, pause } from "../interrupted.ts";
import type { Say } from "../say.ts";
import { engines } from "./name.ts";

const everyMs = 1000;

/**
 * Waits how Argo Rollouts ends what it was given, and throws where it went back: without that an update would be green as soon as
 * it has been told. Reads alone, and a Ctrl-C ends the waiting, not the release.
 */
export function outcome(cluster: Cluster, app: string, seconds: number, say: Say): Promise<void> {
  const ask = `it goes on by itself; ask it by ${engines.argoRollouts.asked(app)}`;
  return interruptible(async (signal) => {
    const until = Date.now() + seconds * 1000;
    for (;;) {
      const { phase, message, step } = stateOf(await cluster.get("Rollout", app));
      if (phase === "Healthy") return;
      if (phase === "Degraded")
        throw new Error(`${app}: Argo Rollouts went back to the release before. Cause: ${message}${named(message)}`);
      if (Date.now() > until)
        throw new Error(`${app}: Argo Rollouts is ${phase} after ${seconds} s (${message}); ${ask}`);
      say.step(`${app}: Argo Rollouts is ${phase}${step}${message && `: ${message}`}`);
      await pause(everyMs, signal);
    }
  });
}

/** What its controller has said of the object as it is now: of one before it says nothing. */
export function stateOf(live: Live | undefined): { phase: string; message: string; step: string } {
  const { phase, message = "", observedGeneration, currentStepIndex } = live?.["status"] ?? {};
  const { steps } = live?.["spec"]?.strategy?.canary ?? {};
  const seen = live && Number(observedGeneration) >= (live.metadata.generation ?? 0);
  const step = steps && currentStepIndex !== undefined ? ` in step ${currentStepIndex} of ${steps.length}` : "";
  return seen && phase ? { phase, message, step } : { phase: "not seen yet", message: "", step: "" };
}

/** Of the steps only the smoke test is an analysis, and its end by the clock has no words of its own there. */
function named(message: string): string {
  return /^(?!.*smoke).*(Step-based|pre-promotion) analysis/.test(message) ? " (the smoke test)" : "";
}
