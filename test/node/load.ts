import { Agent, request } from "node:http";

/** How many requests were sent, and what became of those that were not answered with 200: at which seconds they were sent. */
export interface Outcome {
  sent: number;
  failed: Record<string, number[]>;
}

const perSecond = 100;
const atMost = 18_000;

/**
 * Asks an address on 127.0.0.1 a hundred times a second until `during` has ended: every other request on a kept
 * connection, the rest each on a new one.
 */
export async function load<T>(url: string, during: () => Promise<T>): Promise<{ outcome: Outcome; result: T }> {
  if (new URL(url).hostname !== "127.0.0.1") throw new Error(`load goes to 127.0.0.1 only, not to ${url}`);
  const outcome: Outcome = { sent: 0, failed: {} };
  const clients = { kept: new Agent({ keepAlive: true, maxSockets: 50 }), new: new Agent({ keepAlive: false }) };
  const pending = new Set<Promise<void>>();
  const timer = setInterval(() => {
    if (outcome.sent >= atMost) return;
    const second = outcome.sent / perSecond;
    const connection = outcome.sent++ % 2 === 0 ? "kept" : "new";
    const one = ask(url, clients[connection]).then((problem) => {
      if (!problem) return;
      const what = `${problem}, ${connection} connection`;
      outcome.failed[what] = [...(outcome.failed[what] ?? []), second];
    });
    pending.add(one);
    void one.finally(() => pending.delete(one));
  }, 1000 / perSecond);
  try {
    return { outcome, result: await during() };
  } finally {
    clearInterval(timer);
    await Promise.all(pending);
    for (const agent of Object.values(clients)) agent.destroy();
  }
}

/** What went wrong: a status, an error code, or nothing. */
function ask(url: string, agent: Agent): Promise<string | undefined> {
  return new Promise((done) => {
    const call = request(url, { agent, timeout: 10_000 }, (answer) => {
      answer
        .resume()
        .on("end", () => done(answer.statusCode === 200 ? undefined : String(answer.statusCode)))
        .on("error", (error: NodeJS.ErrnoException) => done(`${error.code} in an answer`));
    });
    call
      .on("timeout", () => call.destroy(new Error("no answer in 10 s")))
      .on("error", (error: NodeJS.ErrnoException) => done(error.code ?? error.message))
      .end();
  });
}
