import { type ChildProcess, type SpawnOptions, spawn } from "node:child_process";

const patience = 5_000;

/** The programs this host has started: none of them outlives it. */
export class Children {
  readonly #running = new Set<ChildProcess>();

  start(command: string, args: string[], options: SpawnOptions): ChildProcess {
    const child = spawn(command, args, { ...options, stdio: ["ignore", "pipe", "pipe"] });
    this.#running.add(child);
    child.once("close", () => this.#running.delete(child));
    child.once("error", () => this.#running.delete(child));
    return child;
  }

  /** As the official host does: SIGINT, so that the program may tidy up, and SIGKILL after five seconds. */
  interrupt(only?: ChildProcess): void {
    for (const child of only ? [only] : this.#running) {
      child.kill("SIGINT");
      setTimeout(() => child.kill("SIGKILL"), patience).unref();
    }
  }

  /** The engine is gone, and what a program still did could be recorded nowhere. */
  kill(): void {
    for (const child of this.#running) child.kill("SIGKILL");
  }
}

/** The exit code, once all output has been read; `undefined` if a signal ended it. */
export function ended(child: ChildProcess): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code) => resolve(code ?? undefined));
  });
}
