import { setTimeout as sleep } from "node:timers/promises";
import { isWell, statusIn } from "../../core/health.ts";
import { type Found, found, unanswered } from "./found.ts";

export interface Asked {
  readonly url: URL;
  readonly timeoutMs: number;
}

const dropped = { redirect: "follow", headers: { "user-agent": "palier-verify" } } as const;

/** Asks until the body, and not only the status, says that all is well, or the time is over. */
export async function health({ url, timeoutMs }: Asked, waitMs: number): Promise<Found> {
  const until = performance.now() + waitMs;
  for (;;) {
    const last = await answer(url, timeoutMs);
    if (last.well || performance.now() >= until) return found("health", last.well, `${url.pathname} ${last.told}`);
    await sleep(250);
  }
}

async function answer(url: URL, timeoutMs: number): Promise<{ well: boolean; told: string }> {
  try {
    const response = await fetch(url, { ...dropped, signal: AbortSignal.timeout(timeoutMs) });
    const body = await response.text();
    const status = statusIn(body)?.slice(0, 40);
    const says = status === undefined ? "" : `, its body says "${status}"`;
    return { well: isWell(response.status, body), told: `answered ${response.status}${says}` };
  } catch (error) {
    return { well: false, told: unanswered(error) };
  }
}

/** Whether a path answers at all: any status of success. */
export async function smoke({ url, timeoutMs }: Asked): Promise<Found> {
  try {
    const response = await fetch(url, { ...dropped, signal: AbortSignal.timeout(timeoutMs) });
    await response.arrayBuffer();
    return found(`smoke ${url.pathname}`, response.ok, `answered ${response.status}`);
  } catch (error) {
    return found(`smoke ${url.pathname}`, false, unanswered(error));
  }
}
