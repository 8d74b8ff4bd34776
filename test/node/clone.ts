import { execFile } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import type { Machine } from "./machine.ts";

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

  /** `npm run`, as package.json has it. Rejects with its output when it fails. */
  async npm(...command: string[]): Promise<void> {
    const env = { ...process.env, PALIER_HOME: this.home };
    await run(this.#machine.node, [join(this.path, "local/bootstrap.mjs"), ...command], { cwd: this.path, env });
  }

  async pulumi(more: NodeJS.ProcessEnv, ...args: string[]): Promise<string> {
    const { env } = JSON.parse(readFileSync(join(this.home, "machine.json"), "utf8")) as Machine;
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
