import { setTimeout as sleep } from "node:timers/promises";
import { isWell } from "../../core/health.ts";
import { LocalError, type Step } from "../steps.ts";

/** Waits until the URL answers that all is well. What it answered last is part of the message when it never does. */
export async function waitUntilHealthy(step: Step, url: string, seconds = 120): Promise<void> {
  step.say(url);
  const until = Date.now() + seconds * 1000;
  let last = "nothing";
  while (Date.now() < until) {
    const answer = await ask(url);
    if (answer.well) return;
    last = answer.text;
    await sleep(300);
  }
  throw new LocalError(
    `${url} did not become healthy within ${seconds} s. It answered last: ${last}`,
    'eval "$(npm run -s env)"; kubectl get pods -A shows what the node runs.',
  );
}

async function ask(url: string): Promise<{ well: boolean; text: string }> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(3_000) });
    const body = await response.text();
    return { well: isWell(response.status, body), text: `${response.status} ${body.slice(0, 600)}` };
  } catch (error) {
    const cause = error instanceof Error ? (error.cause ?? error) : error;
    return { well: false, text: cause instanceof Error ? cause.message : String(cause) };
  }
}
