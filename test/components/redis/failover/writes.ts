import { setTimeout as sleep } from "node:timers/promises";
import { Client } from "./client.ts";

/** More than any run writes: its end is `stop`. */
const most = 200_000;

/** Writes one key after another through one address on 127.0.0.1, and remembers which were acknowledged, and how. */
export class Writes {
  /** Acknowledged by the primary. */
  readonly plain: number[] = [];
  /** Acknowledged by a replica too, by `WAIT 1`. */
  readonly confirmed: number[] = [];
  /** When the last write was acknowledged, and the longest times without one. */
  #last = performance.now();
  readonly gaps: number[] = [];
  #stopped = false;
  readonly #port: number;
  readonly #password: string;
  readonly #confirms: boolean;
  readonly #ended: Promise<void>;

  /** @param confirms Whether there is a replica to wait for. */
  constructor(port: number, password: string, confirms = true) {
    this.#port = port;
    this.#password = password;
    this.#confirms = confirms;
    this.#ended = this.#run();
  }

  get acknowledged(): number {
    return this.plain.length;
  }

  /** Until a write is acknowledged that began after now; milliseconds that took. */
  async recovered(): Promise<number> {
    const since = performance.now();
    const before = this.acknowledged;
    while (this.acknowledged < before + 2) {
      if (performance.now() - since > 120_000) throw new Error("no write was acknowledged for two minutes");
      await sleep(20);
    }
    return performance.now() - since;
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    await this.#ended;
  }

  async #run(): Promise<void> {
    let client: Client | undefined;
    for (let key = 0; key < most && !this.#stopped; key++) {
      try {
        client ??= await Client.open(this.#port, this.#password);
        await client.ask("SET", `key:${key}`, String(key));
        this.#acknowledge(key);
        if (this.#confirms && (await client.ask("WAIT", "1", "1000")) !== ":0") this.confirmed.push(key);
      } catch {
        client?.close();
        client = undefined;
        await sleep(50);
      }
    }
    client?.close();
  }

  #acknowledge(key: number): void {
    const now = performance.now();
    if (now - this.#last > 500) this.gaps.push(now - this.#last);
    this.#last = now;
    this.plain.push(key);
  }
}
