import { type ChildProcess, spawn } from "node:child_process";
import { resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { Machine } from "../machine.ts";
import { runningProcesses } from "../processes.ts";
import type { Target, Trial } from "./trials.ts";

const root = resolve(import.meta.dirname, "../../..");
export const bootstrap = resolve(root, "local/bootstrap.mjs");

/** A command as somebody types it after `eval "$(npm run -s env)"`, in a process group of its own. */
export class Run {
  readonly #child: ChildProcess;
  readonly #mark = `PALIER_TRIAL=${process.pid}-${Math.random()}`;
  /** Its exit code, and undefined when it was killed. */
  readonly ended: Promise<number | undefined>;
  output = "";

  constructor(machine: Machine, program: string, args: string[], more: NodeJS.ProcessEnv = {}) {
    const [name, value] = this.#mark.split("=") as [string, string];
    const env = { ...process.env, ...machine.env, PALIER_HOME: machine.home, ...more, [name]: value };
    this.#child = spawn(program, args, { cwd: root, env, stdio: ["ignore", "pipe", "pipe"], detached: true });
    for (const stream of [this.#child.stdout!, this.#child.stderr!]) {
      stream.setEncoding("utf8").on("data", (text: string) => {
        this.output += text;
      });
    }
    this.ended = new Promise((done) => this.#child.once("close", (code) => done(code ?? undefined)));
  }

  /** Cuts it off at that moment, and waits for its end. Whether it still ran then. */
  async interrupt({ signal, target, after }: Pick<Trial, "signal" | "target" | "after">): Promise<boolean> {
    await Promise.race([this.ended, sleep(after * 1000)]);
    while (this.#runs && !this.#send(signal, target)) await sleep(50);
    const interrupted = this.#runs;
    await this.ended;
    return interrupted;
  }

  get #runs(): boolean {
    return this.#child.exitCode === null && this.#child.signalCode === null;
  }

  /** False while there is no such process yet. */
  #send(signal: NodeJS.Signals, target: Target): boolean {
    const own = runningProcesses().filter(({ environ }) => environ.split("\0").includes(this.#mark));
    const meant = own.filter(({ command }) => parts[target].test(command)).map(({ pid }) => pid);
    if (meant.length === 0) return false;
    const all = target === "command" || target === "everything" ? [-this.#child.pid!] : [];
    for (const pid of target === "command" ? all : [...all, ...meant]) kill(pid, signal);
    return true;
  }
}

const parts: Record<Target, RegExp> = {
  everything: /./,
  command: /./,
  engine: /^[^\0]*\/pulumi\0/,
  plugin: /plugins\/kubernetes\/main\.ts/,
  program: /pulumi\/cmd\/run\0/,
};

function kill(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {} // gone already
}
