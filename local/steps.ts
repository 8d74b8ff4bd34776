import type { Writable } from "node:stream";

/** What a piece of work tells the person who waits for it. */
export interface Step {
  /** A detail: what is being done, or from where something is taken. */
  say(line: string): void;
  progress(done: number, total: number): void;
}

export interface Steps {
  /** Runs `work` under a title and prints its details, a bar when it takes longer, and the elapsed time or why it failed. */
  run<T>(title: string, work: (step: Step) => Promise<T>): Promise<T>;
}

/** An expected failure: one message, and the next thing to try. Printed without a stack trace. */
export class LocalError extends Error {
  readonly next: string;
  constructor(message: string, next: string) {
    super(message);
    this.next = next;
  }
}

interface Running {
  title: string;
  since: number;
  done?: number;
  total?: number;
  lastShown: number;
}

const barAfter = 3_000;
const quietFor = 20_000;

/** Steps on a terminal or in a log. Several may run at once: each line begins with its step's title. */
export function printSteps(out: Terminal, now = Date.now): Steps {
  const screen = new Screen(out, now);
  return {
    async run(title, work) {
      const one = screen.begin(title);
      const step: Step = {
        say: (line) => screen.detail(one, line),
        progress: (done, total) => Object.assign(one, { done, total }),
      };
      try {
        const result = await work(step);
        screen.end(one, "✓");
        return result;
      } catch (error) {
        screen.end(one, "✗", messageOf(error).split("\n")[0]);
        throw error;
      }
    },
  };
}

type Terminal = Writable & { isTTY?: boolean; columns?: number };

/** Lines that stay, and below them on a terminal the bars of what still runs. */
class Screen {
  readonly #out: Terminal;
  readonly #now: () => number;
  readonly #running = new Set<Running>();
  #painted = 0;
  #timer: NodeJS.Timeout | undefined;

  constructor(out: Terminal, now: () => number) {
    this.#out = out;
    this.#now = now;
  }

  begin(title: string): Running {
    const one = { title, since: this.#now(), lastShown: this.#now() };
    this.#running.add(one);
    this.#timer ??= setInterval(() => this.#tick(), 500).unref();
    return one;
  }

  detail(one: Running, line: string): void {
    one.lastShown = this.#now();
    this.print(`  ${column(one.title)} ${line}`);
  }

  end(one: Running, mark: string, why = ""): void {
    this.#running.delete(one);
    if (this.#running.size === 0) {
      clearInterval(this.#timer);
      this.#timer = undefined;
    }
    this.print(`${mark} ${column(one.title)} ${elapsed(this.#now() - one.since)}  ${why}`.trimEnd());
  }

  print(line: string): void {
    this.#out.write(`${this.#erase()}${line}\n`);
    if (this.#out.isTTY) this.#paint();
  }

  #tick(): void {
    if (this.#out.isTTY) this.#paint();
    else for (const one of this.#slow()) if (this.#now() - one.lastShown >= quietFor) this.#sayAlive(one);
  }

  #sayAlive(one: Running): void {
    one.lastShown = this.#now();
    this.print(bar(one, this.#now()));
  }

  #slow(): Running[] {
    return [...this.#running].filter((one) => this.#now() - one.since > barAfter);
  }

  #paint(): void {
    const lines = this.#slow().map((one) => `${bar(one, this.#now()).slice(0, (this.#out.columns ?? 100) - 1)}\n`);
    const text = this.#erase() + lines.join("");
    if (text) this.#out.write(text);
    this.#painted = lines.length;
  }

  #erase(): string {
    const text = this.#painted > 0 ? `\x1b[${this.#painted}A\x1b[J` : "";
    this.#painted = 0;
    return text;
  }
}

/** Prints, as the last thing of a command, why it failed and what to try next. */
export function tellError(error: unknown, print: (line: string) => void): void {
  print(`\n${messageOf(error)}`);
  if (error instanceof LocalError) print(`Next: ${error.next}\n`);
  else if (process.env["PALIER_DEBUG"] && error instanceof Error) print(error.stack ?? "");
  else print("Next: run it again with PALIER_DEBUG=1 to see where this comes from.\n");
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

export function elapsed(ms: number): string {
  const seconds = ms / 1000;
  if (seconds < 60) return `${(Math.round(seconds * 10) / 10).toFixed(1)} s`;
  return `${Math.floor(seconds / 60)} min ${String(Math.floor(seconds % 60)).padStart(2, "0")} s`;
}

function column(title: string): string {
  return title.padEnd(10);
}

function bar(one: Running, now: number): string {
  const time = elapsed(now - one.since);
  if (one.total === undefined || one.total <= 0) return `… ${column(one.title)} ${time}`;
  const part = Math.min(1, (one.done ?? 0) / one.total);
  const full = Math.round(part * 24);
  return `… ${column(one.title)} [${"█".repeat(full)}${"░".repeat(24 - full)}] ${Math.round(part * 100)} %  ${time}`;
}
