import type { Client } from "../api/client.ts";
import type { KubeObject } from "../model/object.ts";

export interface Verdict {
  ready: boolean;
  /** It will not become ready any more: no use to wait for the timeout. */
  failed?: boolean;
  /** What is missing, for the progress line and for the error. */
  waiting: string;
}

/** How one kind of object tells that it is ready. */
export interface Awaiter {
  verdict(live: KubeObject, client: Client): Verdict | Promise<Verdict>;
  /** Why it is not ready, from the objects around it; asked rarely, it costs requests. */
  problems?(live: KubeObject, client: Client): Promise<string[]>;
  /** @default 600 */
  timeoutSeconds?: number;
}

export const ready: Verdict = { ready: true, waiting: "" };

export function waitingFor(waiting: string): Verdict {
  return { ready: false, waiting };
}
