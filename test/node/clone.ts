import { execFile } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { kubectl } from "./kubectl.ts";
import type { Machine } from "./machine.ts";
import { runningProcesses } from "./processes.ts";

const run = promisify(execFile);
const root = resolve(import.meta.dirname, "../..");

/** A clone of this repository's last commit with a home of its own, as a second user of the machine would have it. */
export class Clone {
  readonly path: string;
  readonly home: string;
  readonly #machine: Machine;

  constructor(machine: Machine, path: string) {
    this.#machine = machine;
    this.path = path;
    this.home = `${path}-home`;
  }

  async make(): Promise<void> {
    await run("git", ["clone", "--quiet", root, this.path]);
    await run("cp", ["-al", join(root, "node_modules"), this.path]); // what npm ci would put there
  }

  /** `npm run`, as package.json has it: its output. Rejects with that when it fails. */
  async npm(...command: string[]): Promise<string> {
    const { stdout } = await run(this.#machine.node, [this.#bootstrap, ...command], this.#options);
    return stdout;
  }

  /** Processes that have this path of the home in their environment or command line. */
  processes(path = ""): number[] {
    const meant = `${this.home}${path}`;
    return runningProcesses()
      .filter(({ pid, environ, command }) => pid !== process.pid && `${environ}${command}`.includes(meant))
      .map(({ pid }) => pid);
  }

  /** What its own last start has prepared. */
  get own(): Machine {
    return JSON.parse(readFileSync(join(this.home, "machine.json"), "utf8"));
  }

  get #bootstrap(): string {
    return join(this.path, "local/bootstrap.mjs");
  }

  get #options() {
    return { cwd: this.path, env: { ...process.env, PALIER_HOME: this.home }, maxBuffer: 64 << 20 };
  }

  kubectl(...args: string[]): Promise<string> {
    return kubectl(this.own, ...args);
  }

  async pulumi(more: NodeJS.ProcessEnv, ...args: string[]): Promise<string> {
    const { env } = this.own;
    const { stdout } = await run(this.#machine.pulumi, args, { env: { ...process.env, ...env, ...more } });
    return stdout.trim();
  }

  passphrase(): string {
    return readFileSync(join(this.home, "passphrase"), "utf8");
  }

  changePassphrase(passphrase: string): void {
    writeFileSync(join(this.home, "passphrase"), passphrase);
  }
}
