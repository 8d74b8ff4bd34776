import { Agent, request } from "node:http";
import { request as requestSecurely, Agent as SecureAgent } from "node:https";
import { type Percentiles, percentiles } from "./percentiles.ts";

/** Every other request is made on a kept connection, the rest each on a new one. */
type Connection = "kept" | "new";

/** What became of the requests: answered with 200 (`"200"`), another status, or an error's code. */
export interface Outcome {
  sent: number;
  counts: Record<Connection, Record<string, number>>;
  /** What was not answered with 200, and at which seconds it was sent. */
  failed: Record<string, number[]>;
  /** From a request to the end of its answer. */
  milliseconds: Percentiles;
}

const atMost = 60_000;
const answerWithin = 10_000;

/** How it asks, and who hears what was answered. */
export interface Asking {
  headers?: Record<string, string>;
  /** @param at When it was asked, as `Date.now()` says. */
  heard?: (at: number, body: string) => void;
}

/** Asks an address on 127.0.0.1 `perSecond` times a second until `during` has ended, and for `atLeast` so many requests. */
export async function load<T>(
  url: string,
  during: () => Promise<T>,
  atLeast = 0,
  perSecond = 100,
  asking: Asking = {},
): Promise<{ outcome: Outcome; result: T }> {
  if (new URL(url).hostname !== "127.0.0.1") throw new Error(`load goes to 127.0.0.1 only, not to ${url}`);
  const requests = new Requests(url, perSecond, asking);
  const timer = setInterval(() => requests.send(), 1000 / perSecond);
  try {
    const result = await during();
    while (requests.sent < Math.min(atLeast, atMost)) await new Promise((done) => setTimeout(done, 100));
    clearInterval(timer);
    return { outcome: await requests.outcome(), result };
  } finally {
    clearInterval(timer);
    await requests.end();
  }
}

class Requests {
  sent = 0;
  readonly #url: string;
  readonly #perSecond: number;
  readonly #asking: Asking;
  readonly #agents: Record<Connection, Agent>;
  readonly #pending = new Set<Promise<void>>();
  readonly #counts: Outcome["counts"] = { kept: {}, new: {} };
  readonly #failed: Outcome["failed"] = {};
  readonly #took: number[] = [];

  constructor(url: string, perSecond: number, asking: Asking) {
    this.#url = url;
    this.#perSecond = perSecond;
    this.#asking = asking;
    this.#agents = agentsFor(url, asking);
  }

  send(): void {
    if (this.sent >= atMost) return;
    const second = this.sent / this.#perSecond;
    const connection = this.sent++ % 2 === 0 ? "kept" : "new";
    const since = performance.now();
    const one = ask(this.#url, this.#agents[connection], this.#asking).then((what) => {
      this.#took.push(performance.now() - since);
      this.#counts[connection][what] = (this.#counts[connection][what] ?? 0) + 1;
      if (what === "200") return;
      const failure = `${what}, ${connection} connection`;
      this.#failed[failure] = [...(this.#failed[failure] ?? []), second];
    });
    this.#pending.add(one);
    void one.finally(() => this.#pending.delete(one));
  }

  async outcome(): Promise<Outcome> {
    await Promise.all(this.#pending);
    const milliseconds = percentiles(this.#took);
    return { sent: this.sent, counts: this.#counts, failed: this.#failed, milliseconds };
  }

  async end(): Promise<void> {
    await Promise.all(this.#pending);
    for (const agent of Object.values(this.#agents)) agent.destroy();
  }
}

/** By TLS with whatever certificate, by the name that is asked for. */
function agentsFor(url: string, { headers }: Asking): Record<Connection, Agent> {
  const isSecure = url.startsWith("https:");
  const made = (options: { keepAlive: boolean; maxSockets?: number }) =>
    isSecure
      ? new SecureAgent({ ...options, rejectUnauthorized: false, servername: headers?.["host"] })
      : new Agent(options);
  return { kept: made({ keepAlive: true, maxSockets: 50 }), new: made({ keepAlive: false }) };
}

/** What became of one request. */
function ask(url: string, agent: Agent, { headers, heard }: Asking): Promise<string> {
  const at = Date.now();
  return new Promise((done) => {
    const send = url.startsWith("https:") ? requestSecurely : request;
    const call = send(url, { agent, headers }, (answer) => {
      let body = "";
      answer
        .setEncoding("utf8")
        .on("data", (part: string) => {
          body += part;
        })
        .on("end", () => {
          heard?.(at, body);
          done(String(answer.statusCode));
        })
        .on("error", (error: NodeJS.ErrnoException) => done(`${error.code} in an answer`));
    });
    const late = setTimeout(() => call.destroy(new Error("no answer in 10 s")), answerWithin);
    call
      .on("close", () => clearTimeout(late))
      .on("error", (error: NodeJS.ErrnoException) => done(error.code ?? error.message))
      .end();
  });
}
