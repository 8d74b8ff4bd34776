/**
 * How long `npm start` takes to the healthy URL, from cached binaries with no cluster; how long a second one that has nothing
 * to do; and what the idle node takes of memory. Run it as root, after one `npm start` has filled the cache:
 *
 *     node bench/start.ts            medians of five rounds, each with a home of its own
 *     node bench/start.ts --cold     one round in a fresh clone with empty caches: minutes of each part
 *
 * Prints the machine's load beside the figures, and removes what it made.
 */
import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { loadavg, tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { memory, nodeProcesses } from "../local/node-processes.ts";

const cold = process.argv.includes("--cold");
const root = resolve(import.meta.dirname, "..");
const work = mkdtempSync(join(tmpdir(), "palier-bench-"));
const load = () => loadavg()[0]!.toFixed(1);

interface Run {
  seconds: number;
  /** Seconds of each step, by its title; `npm` and others may be missing where they had nothing to do. */
  steps: Record<string, number>;
}

function npm(folder: string, env: NodeJS.ProcessEnv, ...args: string[]): Run {
  const since = Date.now();
  const run = spawnSync("npm", args, { cwd: folder, env, encoding: "utf8" });
  if (run.status !== 0) throw new Error(`npm ${args.join(" ")} ended with ${run.status}:\n${run.stdout}${run.stderr}`);
  const seconds = (Date.now() - since) / 1000;
  const done = run.stdout.matchAll(/^✓ (.+?) +(?:(\d+) min )?([\d.]+) s/gm);
  const steps = [...done].map(([, title, minutes, rest]) => [title!, Number(minutes ?? 0) * 60 + Number(rest)]);
  return { seconds, steps: Object.fromEntries(steps) };
}

const median = (values: number[]) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]!;
const seconds = (value: number) => `${value.toFixed(1)} s`;

async function round(folder: string, env: NodeJS.ProcessEnv) {
  try {
    const first = npm(folder, env, "start");
    const second = npm(folder, env, "start");
    await wait(30_000);
    const supervisor = Number(readFileSync(join(env["PALIER_HOME"]!, "cluster", "lock"), "utf8"));
    return { first, second, memory: memory(nodeProcesses(supervisor)) };
  } finally {
    npm(folder, env, "stop");
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
  if (cold) {
    const folder = join(work, "clone");
    execFileSync("git", ["clone", "--quiet", root, folder]);
    const own = { PALIER_CACHE: "cache", GOCACHE: "go-build", GOMODCACHE: "go-mod", npm_config_cache: "npm" };
    const caches = Object.entries(own).map(([name, path]) => [name, join(work, path)]);
    rounds.push(
      await round(folder, { ...process.env, ...Object.fromEntries(caches), PALIER_HOME: join(work, "home") }),
    );
  } else {
    for (let one = 1; one <= 5; one++) {
      const home = join(work, `home-${one}`);
      mkdirSync(home);
      rounds.push(await round(root, { ...process.env, PALIER_HOME: home }));
      rmSync(home, { recursive: true, force: true });
    }
  }
  console.log(`load ${before} before, ${load()} after; ${rounds.length} ${rounds.length === 1 ? "round" : "rounds"}`);
  console.log(cold ? "npm start, fresh clone, empty caches:" : "npm start, from cached binaries, no cluster:");
  table(rounds.map(({ first }) => first));
  console.log("npm start again:");
  table(rounds.map(({ second }) => second));
  const megabytes = (of: "node" | "pods") => (median(rounds.map(({ memory }) => memory[of])) / 1e6).toFixed(0);
  console.log(`idle: the node ${megabytes("node")} MB, its pods ${megabytes("pods")} MB`);
} finally {
  if (cold) execFileSync("go", ["clean", "-modcache"], { env: { ...process.env, GOMODCACHE: join(work, "go-mod") } });
  rmSync(work, { recursive: true, force: true });
}
