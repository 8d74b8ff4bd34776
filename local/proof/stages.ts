import { spawn } from "node:child_process";
import { glob, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import type { Clone } from "../clone.ts";
import { endsWell } from "../interrupt.ts";
import { elapsed, tellError } from "../steps.ts";
import type { Counts, Stage } from "./counts.ts";

type Work = () => Promise<Counts>;

/** Runs a stage and says how long it took. A stage that breaks counts as one failure, and the others still run. */
export async function runStage(name: string, work: Work): Promise<Stage> {
  const since = Date.now();
  console.log(`\n── ${name}`);
  const counts = await work().catch((error: unknown) => {
    tellError(error, (line) => console.error(line));
    return { passed: 0, failed: 1, skipped: [] };
  });
  const ms = Date.now() - since;
  console.log(`${counts.failed > 0 ? "✗" : "✓"} ${name} ${elapsed(ms)}`);
  return { name, ms, ...counts };
}

/** A script of a dependency that passes or fails as a whole. */
export async function runTool(clone: Clone, script: string, args: string[]): Promise<Counts> {
  return asOne(await runNode(clone, [join(clone.root, "node_modules", script), ...args]));
}

/** A program of a dependency that passes or fails as a whole. */
export async function runProgram(clone: Clone, program: string, args: string[]): Promise<Counts> {
  return asOne(await runChild(clone, join(clone.root, "node_modules", program), args));
}

function asOne(code: number): Counts {
  return { passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1, skipped: [] };
}

/** Mocha over the files that match, one after the other in one process. */
export async function runMocha(clone: Clone, reporter: string, files: string[], env = {}): Promise<Counts> {
  const result = join(clone.home, "counts.json");
  await rm(result, { force: true });
  const code = await runNode(clone, [join(import.meta.dirname, "mocha-run.ts"), result, reporter, ...files], env);
  const text = await readFile(result, "utf8").catch(() => undefined);
  await rm(result, { force: true });
  if (text === undefined) throw new Error(`mocha ended with code ${code} before it had run all tests.`);
  return JSON.parse(text) as Counts;
}

export async function testFiles(clone: Clone): Promise<{ unit: string[]; node: string[] }> {
  const all: string[] = [];
  for await (const file of glob("test/**/*.test.ts", { cwd: clone.root })) all.push(file);
  const onNode = (file: string) => file.startsWith(join("test", "node"));
  return { unit: all.filter((file) => !onNode(file)).sort(), node: all.filter(onNode).sort() };
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
