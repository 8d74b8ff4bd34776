import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

/** Means dev too, and its namespace is not there yet. */
export const stack = "development";

export interface Measured {
  seconds: number;
  /** Most memory that the program took, in MiB. */
  peak: number;
}

/** Project folders with an empty state each, so that every preview creates everything. */
export class Trials {
  readonly #work = mkdtempSync(join(tmpdir(), "palier-bench-"));
  readonly #stackFile: string;
  readonly #env: NodeJS.ProcessEnv;

  /** Takes the stack file of dev from the project folder of `npm start`. */
  constructor(project: string) {
    const own = Object.entries(process.env).filter(([name]) => !name.startsWith("PULUMI_OPTION_"));
    this.#env = Object.fromEntries(own);
    this.#stackFile = readFileSync(join(project, "Pulumi.dev.yaml"), "utf8");
  }

  /** A folder for a program of its own, or for the one that this `Pulumi.yaml` names. */
  folder(name: string, files: Record<string, string>): string {
    const folder = join(this.#work, name);
    mkdirSync(join(folder, "backend"), { recursive: true });
    symlinkSync(resolve(import.meta.dirname, "../../node_modules"), join(folder, "node_modules"));
    const all = { [`Pulumi.${stack}.yaml`]: this.#stackFile, "Pulumi.yaml": pulumiYaml(false), ...files };
    for (const [file, text] of Object.entries(all)) writeFileSync(join(folder, file), text);
    this.#pulumi(folder, "stack", "init", stack);
    return folder;
  }

  preview(folder: string, config: Record<string, string> = {}): Measured {
    const given = Object.entries(config).flatMap(([key, value]) => ["--config", `${key}=${value}`]);
    const start = performance.now();
    this.#pulumi(folder, "preview", "--stack", stack, ...given);
    const seconds = (performance.now() - start) / 1000;
    return { seconds, peak: Number(readFileSync(join(folder, "peak"), "utf8")) };
  }

  end(): void {
    rmSync(this.#work, { recursive: true, force: true });
  }

  #pulumi(folder: string, ...args: string[]): void {
    const env = {
      ...this.#env,
      PULUMI_BACKEND_URL: `file://${join(folder, "backend")}`,
      BENCH_PEAK: join(folder, "peak"),
      NODE_OPTIONS: `--import=${join(import.meta.dirname, "peak.ts")}`,
    };
    const options = { cwd: folder, env, maxBuffer: 64 << 20, encoding: "utf8" as const };
    const { status, stdout, stderr } = spawnSync("pulumi", [...args, "--non-interactive"], options);
    if (status !== 0) throw new Error(`pulumi ${args[0]} in ${folder} failed:\n${stdout}${stderr}`);
  }
}

export function pulumiYaml(typescript: boolean): string {
  return `name: avnir\nruntime: { name: nodejs, options: { typescript: ${typescript} } }\nmain: index.ts\n`;
}

/** What a program in a folder of its own needs beside it. */
export function moduleFiles(program: string): Record<string, string> {
  return { "package.json": JSON.stringify({ name: "bench", type: "module" }), "index.ts": program };
}

/** The same for ts-node, as `pulumi new` sets it up. */
export function tsNodeFiles(program: string): Record<string, string> {
  const compilerOptions = {
    target: "es2022",
    module: "commonjs",
    moduleResolution: "node10",
    ignoreDeprecations: "6.0",
    skipLibCheck: true,
  };
  return {
    "package.json": JSON.stringify({ name: "bench", type: "commonjs" }),
    "tsconfig.json": JSON.stringify({ compilerOptions }),
    "Pulumi.yaml": pulumiYaml(true),
    "index.ts": program,
  };
}

export const median = (values: number[]) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!;
