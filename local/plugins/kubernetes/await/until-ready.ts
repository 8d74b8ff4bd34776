import { setTimeout as sleep } from "node:timers/promises";
import { isNotFound, Unreachable } from "../../../../core/cluster/apiError.ts";
import type { Client } from "../api/client.ts";
import { timeoutOf } from "../model/annotations.ts";
import { type KubeObject, reference, title } from "../model/object.ts";
import type { Session } from "../session.ts";
import type { Awaiter } from "./awaiter.ts";
import { awaiterOf } from "./awaiters.ts";

/** The object is there, but not ready; `reasons` say why, the first one in short. */
export class NotReady extends Error {
  readonly live: KubeObject;
  readonly reasons: string[];
  constructor(live: KubeObject, reasons: string[]) {
    super(reasons.join("; "));
    this.live = live;
    this.reasons = reasons;
  }
}

const [firstPause, longestPause, explainEvery] = [150, 1000, 5000];

/** Asks again and again, and shows what is being waited for. Returns the object as it is when ready. */
export async function untilReady(
  session: Session,
  client: Client,
  { urn, inputs, made, timeoutSeconds }: { urn: string; inputs: KubeObject; made: KubeObject; timeoutSeconds: number },
): Promise<KubeObject> {
  const awaiter = awaiterOf(inputs);
  if (awaiter === undefined) return made;
  const seconds = timeoutOf(inputs, timeoutSeconds, awaiter.timeoutSeconds);
  const deadline = Date.now() + seconds * 1000;
  const say = sayer(session, urn);
  let live = made;
  let pause = firstPause;
  for (let explained = Date.now(); ; ) {
    const verdict = await awaiter.verdict(live, client);
    if (verdict.ready) break;
    if (verdict.failed || Date.now() >= deadline || session.signal.aborted) {
      const headline = verdict.failed
        ? `failed`
        : session.signal.aborted
          ? "was cancelled while waiting"
          : `timed out waiting to be Ready after ${seconds} s`;
      throw new NotReady(live, [
        `${title(live)} ${headline}: ${verdict.waiting}`,
        ...(await problemsOf(awaiter, live, client)),
      ]);
    }
    await say(`waiting for ${verdict.waiting}`);
    if (Date.now() - explained >= explainEvery) {
      explained = Date.now();
      const [problem] = await problemsOf(awaiter, live, client);
      if (problem !== undefined) await say(problem);
    }
    await sleep(Math.min(pause, Math.max(0, deadline - Date.now())));
    pause = Math.min(longestPause, pause * 1.4);
    live = await again(client, live);
  }
  await say("");
  return live;
}

/** Whether it is ready now, for a refresh: throws NotReady where it isn't. */
export async function checkReady(client: Client, inputs: KubeObject, live: KubeObject): Promise<void> {
  const awaiter = awaiterOf(inputs);
  const verdict = await awaiter?.verdict(live, client);
  if (awaiter === undefined || verdict === undefined || verdict.ready) return;
  const headline = `${title(live)} is not ready: ${verdict.waiting}`;
  throw new NotReady(live, [headline, ...(await problemsOf(awaiter, live, client))]);
}

async function problemsOf(awaiter: Awaiter, live: KubeObject, client: Client): Promise<string[]> {
  return (await awaiter.problems?.(live, client).catch(() => [])) ?? [];
}

/** An API server that is away for a moment doesn't end the waiting; an object that is gone does. */
async function again(client: Client, live: KubeObject): Promise<KubeObject> {
  try {
    return await client.get(reference(live));
  } catch (error) {
    if (isNotFound(error)) throw new NotReady(live, [`${title(live)} was deleted while it was waited for`]);
    if (error instanceof Unreachable) return live;
    throw error;
  }
}

function sayer(session: Session, urn: string): (message: string) => Promise<void> {
  let last = "";
  return async (message) => {
    if (message === last) return;
    last = message;
    await session.log.log("info", message, { urn, status: true });
  };
}
