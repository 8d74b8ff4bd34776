/** What became of requests and connections that were open for long. */
export interface Held {
  /** Long requests that were answered whole. */
  answered: number;
  /** WebSockets that the server ended in order, and that were then made anew. */
  moved: number;
  failed: Record<string, number>;
}

const clients = 5;
const goingAway = 1001;

/** Keeps requests of so many seconds and WebSockets open at an address on 127.0.0.1 until `during` has ended. */
export async function holdOpen<T>(
  { address, seconds }: { address: string; seconds: number },
  during: () => Promise<T>,
): Promise<{ held: Held; result: T }> {
  const held: Held = { answered: 0, moved: 0, failed: {} };
  const life = new AbortController();
  const each = (client: (held: Held) => Promise<void>) => Array.from({ length: clients }, () => client(held));
  const all = [
    ...each((held) => longRequests(`${address}/api/long?seconds=${seconds}`, life.signal, held)),
    ...each((held) => webSockets(`${address.replace("http", "ws")}/api/echo`, life.signal, held)),
  ];
  try {
    return { held, result: await during() };
  } finally {
    life.abort();
    await Promise.all(all);
  }
}

/** One after the other; the last one is waited for. */
async function longRequests(url: string, ended: AbortSignal, held: Held): Promise<void> {
  while (!ended.aborted) {
    const problem = await askLong(url);
    if (problem) await fail(held, problem);
    else held.answered++;
  }
}

/** What went wrong with it, if anything did. */
async function askLong(url: string): Promise<string | undefined> {
  try {
    const answer = await fetch(url, { headers: { connection: "close" } });
    await answer.text();
    return answer.status === 200 ? undefined : `a long request: ${answer.status}`;
  } catch {
    return "a long request: cut off";
  }
}

async function webSockets(url: string, ended: AbortSignal, held: Held): Promise<void> {
  while (!ended.aborted) {
    const code = await talk(url, ended);
    if (code === goingAway) held.moved++;
    else if (!ended.aborted) await fail(held, `a WebSocket: ${code}`);
  }
}

/** Says something twice a second until either side ends; how it ended, as a close code. */
function talk(url: string, ended: AbortSignal): Promise<number> {
  return new Promise((done) => {
    const socket = new WebSocket(url);
    const talking = setInterval(() => socket.readyState === WebSocket.OPEN && socket.send("still there"), 500);
    const hangUp = () => socket.close(1000);
    ended.addEventListener("abort", hangUp);
    socket.addEventListener("close", ({ code }) => {
      clearInterval(talking);
      ended.removeEventListener("abort", hangUp);
      done(code);
    });
  });
}

/** After a failure a client waits a little, as a good one does. */
async function fail(held: Held, what: string): Promise<void> {
  held.failed[what] = (held.failed[what] ?? 0) + 1;
  await new Promise((done) => setTimeout(done, 500));
}
