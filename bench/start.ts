/**
 * How long `npm start` takes to the healthy URL, from cached binaries with no cluster; how long a second one that has nothing
 * to do; and what the idle node takes of memory. Run it as root, after one `npm start` has filled the cache:
 *
 *     node bench/start.ts            medians of five rounds, each with a home of its own
 *
 * `npm run proof -- cold` says the same of a machine on which nothing has run. Prints the machine's load beside the figures,
 * and removes what it made.
 */
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { loadavg, tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { memory, nodeProcesses } from "../local/node-processes.ts";
import { stepSeconds } from "../local/proof/stepSeconds.ts";

const root = resolve(import.meta.dirname, "..");
const work = mkdtempSync(join(tmpdir(), "palier-bench-"));
const load = () => loadavg()[0]!.toFixed(1);

interface Run {
  seconds: number;
  /** Seconds of each step, by its title; `npm` and others may be missing where they had nothing to do. */
  steps: Record<string, number>;
}

function npm(env: NodeJS.ProcessEnv, ...args: string[]): Run {
  const since = Date.now();
  const run = spawnSync("npm", args, { cwd: root, env, encoding: "utf8" });
  if (run.status !== 0) throw new Error(`npm ${args.join(" ")} ended with ${run.status}:\n${run.stdout}${run.stderr}`);
  const seconds = (Date.now() - since) / 1000;
  return { seconds, steps: stepSeconds(run.stdout) };
}

const median = (values: number[]) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]!;
const seconds = (value: number) => `${value.toFixed(1)} s`;

async function round(env: NodeJS.ProcessEnv) {
  try {
    const first = npm(env, "start");
    const second = npm(env, "start");
    await wait(30_000);
    const supervisor = Number(readFileSync(join(env["PALIER_HOME"]!, "cluster", "lock"), "utf8"));
    return { first, second, memory: memory(nodeProcesses(supervisor)) };
  } finally {
    npm(env, "stop");
  }
}

function table(runs: Run[]): void {
  for (const step of new Set(runs.flatMap(({ steps }) => Object.keys(steps)))) {
    console.log(`  ${step.padEnd(12)} ${seconds(median(runs.map(({ steps }) => steps[step] ?? 0)))}`);
  }
  console.log(`  ${"in all".padEnd(12)} ${seconds(median(runs.map((run) => run.seconds)))}`);
}

try {
  const rounds: Awaited<ReturnType<typeof round>>[] = [];
  const before = load();
  for (let one = 1; one <= 5; one++) {
    const home = join(work, `home-${one}`);
    mkdirSync(home);
    rounds.push(await round({ ...process.env, PALIER_HOME: home }));
    rmSync(home, { recursive: true, force: true });
  }
  console.log(`load ${before} before, ${load()} after; ${rounds.length} rounds`);
  console.log("npm start, from cached binaries, no cluster:");
  table(rounds.map(({ first }) => first));
  console.log("npm start again:");
  table(rounds.map(({ second }) => second));
  const megabytes = (of: "node" | "pods") => (median(rounds.map(({ memory }) => memory[of])) / 1e6).toFixed(0);
  console.log(`idle: the node ${megabytes("node")} MB, its pods ${megabytes("pods")} MB`);
} finally {
  rmSync(work, { recursive: true, force: true });
}
