import { spawn } from "node:child_process";
import { glob, readFile, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { Clone } from "../clone.ts";
import { endsWell } from "../interrupt.ts";
import { elapsed, tellError } from "../steps.ts";
import { type Counts, failure, type Stage } from "./counts.ts";

type Work = () => Promise<Counts>;

/** Runs a stage and says how long it took. A stage that breaks counts as one failure, and the others still run. */
export async function runStage(name: string, work: Work): Promise<Stage> {
  const since = Date.now();
  console.log(`\n── ${name}`);
  const counts: Counts = await work().catch((error: unknown): Counts => {
    tellError(error, (line) => console.error(line));
    const why = error instanceof Error ? error.message : String(error);
    return { passed: 0, failed: [failure(name, why)], skipped: [], brokenOff: true };
  });
  const ms = Date.now() - since;
  console.log(`${counts.failed.length > 0 ? "✗" : "✓"} ${name} ${elapsed(ms)}`);
  return { name, ms, ...counts };
}

/** A script of a dependency that passes or fails as a whole. */
export async function runTool(clone: Clone, script: string, args: string[]): Promise<Counts> {
  return asOne(script, await runNode(clone, [join(clone.root, "node_modules", script), ...args]));
}

/** A program of a dependency that passes or fails as a whole. */
export async function runProgram(clone: Clone, program: string, args: string[]): Promise<Counts> {
  return asOne(program, await runChild(clone, join(clone.root, "node_modules", program), args));
}

function asOne(what: string, code: number): Counts {
  const failed = code === 0 ? [] : [failure(what, `It ended with ${code}; what it found stands above.`)];
  return { passed: 1 - failed.length, failed, skipped: [] };
}

export interface MochaRun {
  reporter: "dot" | "spec";
  files: string[];
  /** Files at a time, each in a process of its own; what one says comes when it is done. */
  jobs?: number;
  env?: Record<string, string>;
}

/** Mocha over these files, one after the other in one process unless told otherwise. */
export async function runMocha(clone: Clone, { reporter, files, jobs = 1, env = {} }: MochaRun): Promise<Counts> {
  const result = join(clone.home, "counts.json");
  await rm(result, { force: true });
  const program = join(import.meta.dirname, "mocha-run.ts");
  const code = await runNode(clone, [program, result, reporter, String(jobs), ...files], env);
  const text = await readFile(result, "utf8").catch(() => undefined);
  await rm(result, { force: true });
  if (text === undefined) throw new Error(`mocha ended with code ${code} before it had run all tests.`);
  return JSON.parse(text) as Counts;
}

/** The test files: those without a node, those on it, and those that need the machine to themselves since they measure. */
export async function testFiles(clone: Clone): Promise<{ unit: string[]; node: string[]; alone: string[] }> {
  const all: string[] = [];
  for await (const file of glob("test/**/*.test.ts", { cwd: clone.root })) all.push(file);
  const inFolder = (...path: string[]) => all.filter((file) => dirname(file) === join(...path)).sort();
  const [node, alone] = [inFolder("test", "node"), inFolder("test", "node", "alone")];
  return { unit: all.filter((file) => !node.includes(file) && !alone.includes(file)).sort(), node, alone };
}

function runNode(clone: Clone, args: string[], env = {}): Promise<number> {
  return runChild(clone, process.execPath, args, env);
}

async function runChild(clone: Clone, program: string, args: string[], env = {}): Promise<number> {
  const options = {
    cwd: clone.root,
    env: { ...process.env, ...env },
    stdio: ["ignore", "inherit", "inherit"] as const,
  };
  const child = spawn(program, args, { ...options, stdio: [...options.stdio] });
  const closed = new Promise<number>((done, fail) => {
    child.once("error", fail);
    child.once("close", (code) => done(code ?? 1));
  });
  const end = async () => {
    child.kill("SIGINT");
    await closed;
  };
  return endsWell(end, () => closed);
}
