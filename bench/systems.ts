/**
 * How long the five systems take in dev, from nothing running to all healthy side by side, and what that takes of memory; and how
 * long the fifteen previews take, policies on. Run it as root, after one `npm start` has filled the cache:
 *
 *     node bench/systems.ts          one round, with a home of its own
 *
 * Prints the machine's load beside the figures, and removes what it made.
 */
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { loadavg, tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { environments } from "../local/arguments.ts";
import { memory, nodeProcesses } from "../local/node-processes.ts";
import { findSystems } from "../local/systems.ts";

const root = resolve(import.meta.dirname, "..");
const home = mkdtempSync(join(tmpdir(), "palier-bench-"));
const env = { ...process.env, PALIER_HOME: home };
const systems = (await findSystems(root)).map(({ name }) => name);
const load = () => loadavg()[0]!.toFixed(1);
const print = (what: string, value: string) => console.log(`  ${what.padEnd(28)} ${value}`);

/** Runs an npm command to its end. Returns its last words and the seconds that it took. */
function npm(...args: string[]): { seconds: number; said: string } {
  const since = Date.now();
  const run = spawnSync("npm", args, { cwd: root, env, encoding: "utf8", maxBuffer: 2 ** 26 });
  if (run.status !== 0) throw new Error(`npm ${args.join(" ")} ended with ${run.status}:\n${run.stdout}${run.stderr}`);
  const lines = run.stdout.trim().split("\n");
  return { seconds: (Date.now() - since) / 1000, said: lines.findLast((line) => /Preview of|is up/.test(line)) ?? "" };
}

try {
  console.log(`load ${load()} before`);
  console.log("five systems in dev, from no cluster to all healthy:");
  const ups = systems.map((name) => ({ name, ...npm("start", "--", name, "dev") }));
  for (const { name, seconds } of ups) print(name, `${seconds.toFixed(1)} s`);
  print("in all", `${ups.reduce((sum, { seconds }) => sum + seconds, 0).toFixed(1)} s`);
  const { node, pods } = memory(nodeProcesses(Number(readFileSync(join(home, "cluster", "lock"), "utf8"))));
  print("memory", `the node ${(node / 1e6).toFixed(0)} MB, its pods ${(pods / 1e6).toFixed(0)} MB`);
  console.log("fifteen previews, policies on:");
  let all = 0;
  for (const name of systems) {
    for (const environment of environments) {
      const { seconds, said } = npm("start", "--", name, environment, "--preview");
      all += seconds;
      print(`${name} ${environment}`, `${seconds.toFixed(1)} s  ${said}`);
    }
  }
  print("in all", `${all.toFixed(1)} s`);
  console.log(`load ${load()} after`);
} finally {
  spawnSync("npm", ["stop"], { cwd: root, env });
  rmSync(home, { recursive: true, force: true });
}
