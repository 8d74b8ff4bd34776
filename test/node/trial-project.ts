import { type ChildProcess, spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import type { Machine } from "./machine.ts";
import { runningProcesses } from "./processes.ts";

export interface Ran {
  code: number;
  output: string;
}

/** A Pulumi project of a test's own, with a file backend and a passphrase of its own, on the machine's engine. */
export class TrialProject {
  readonly folder: string;
  readonly #machine: Machine;
  /** In the environment of every process that this trial starts, plugins and programs included. */
  readonly mark: string;

  constructor(machine: Machine, name: string) {
    this.#machine = machine;
    this.folder = mkdtempSync(join(machine.home, `${name}-`));
    this.mark = `PALIER_TRIAL=${this.folder}`;
    mkdirSync(join(this.folder, "backend"));
    symlinkSync(resolve(import.meta.dirname, "../../node_modules"), join(this.folder, "node_modules"));
    this.write("passphrase", "a passphrase of the test");
    this.write("Pulumi.yaml", "name: trial\nruntime: {name: nodejs, options: {typescript: false}}\nmain: index.ts\n");
    this.write("package.json", '{ "name": "trial", "type": "module" }');
  }

  write(file: string, text: string): void {
    const path = join(this.folder, file);
    mkdirSync(resolve(path, ".."), { recursive: true });
    writeFileSync(path, text);
  }

  /** In which `pulumi` is the machine's, on this project's backend. */
  get env(): NodeJS.ProcessEnv {
    const machine = Object.entries(this.#machine.env).filter(([name]) => !name.startsWith("PULUMI_OPTION_"));
    return {
      ...process.env,
      ...Object.fromEntries(machine),
      PULUMI_BACKEND_URL: `file://${this.folder}/backend`,
      PULUMI_CONFIG_PASSPHRASE_FILE: join(this.folder, "passphrase"),
      PALIER_TRIAL: this.folder,
    };
  }

  start(...args: string[]): ChildProcess {
    return this.#start(args, this.env);
  }

  #start(args: string[], env: NodeJS.ProcessEnv): ChildProcess {
    const all = [...args, "--non-interactive", "--color", "never"];
    return spawn(this.#machine.pulumi, all, {
      cwd: this.folder,
      env,
      stdio: ["ignore", "pipe", "pipe"],
      detached: true,
    });
  }

  run(...args: string[]): Promise<Ran> {
    return this.#ran(this.start(...args));
  }

  /** The same with a state of its own, as another machine would have that was told of no common one. */
  runAt(backend: string, ...args: string[]): Promise<Ran> {
    return this.#ran(this.#start(args, { ...this.env, PULUMI_BACKEND_URL: backend }));
  }

  async #ran(child: ChildProcess): Promise<Ran> {
    let output = "";
    for (const stream of [child.stdout!, child.stderr!]) {
      stream.setEncoding("utf8").on("data", (text: string) => {
        output += text;
      });
    }
    const code = await new Promise<number>((done) => child.once("close", (code) => done(code ?? -1)));
    return { code, output };
  }

  /** Everything that the backend has stored, history and backups included. */
  stored(): string {
    const files = readdirSync(join(this.folder, "backend"), { recursive: true, withFileTypes: true });
    return files
      .filter((file) => file.isFile())
      .map((file) => readFileSync(join(file.parentPath, file.name), "utf8"))
      .join("\n");
  }

  /** Command lines of the processes that still run for this trial. */
  processes(): string[] {
    return runningProcesses()
      .filter(({ environ }) => environ.split("\0").includes(this.mark))
      .map(({ command }) => command.replaceAll("\0", " "))
      .filter(Boolean);
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}
