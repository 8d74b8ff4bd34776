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
import { memory, nodeProcesses } from "../local/node-processes.ts";
import { environments, imagesOf, type SystemName, secretsOf, systemNames, systems } from "../test/systems.ts";

const root = resolve(import.meta.dirname, "..");
const home = mkdtempSync(join(tmpdir(), "palier-bench-"));
const env = { ...process.env, PALIER_HOME: home };
const load = () => loadavg()[0]!.toFixed(1);
const print = (what: string, value: string) => console.log(`  ${what.padEnd(28)} ${value}`);

/** Runs an npm command to its end. */
function npm(...args: string[]): { seconds: number } {
  const since = Date.now();
  const run = spawnSync("npm", args, { cwd: root, env, encoding: "utf8", maxBuffer: 2 ** 26 });
  if (run.status !== 0) throw new Error(`npm ${args.join(" ")} ended with ${run.status}:\n${run.stdout}${run.stderr}`);
  return { seconds: (Date.now() - since) / 1000 };
}

/** The three environments of a system, with images and secrets that its stack files lack. */
function previewed(name: SystemName): { seconds: number; said: string } {
  const images = Object.entries(imagesOf(name)).map(([key, image]) => `--set=${name}:images.${key}=${image}`);
  const secrets = Object.entries(secretsOf(name, "staging")).map(([key, value]) => `--secret=${key}=${value}`);
  const command = ["policy", "preview", ...environments, "--project", join(root, systems[name]), ...images, ...secrets];
  const own = { ...env, PATH: `${home}/bin:${process.env["PATH"]}`, PULUMI_HOME: join(home, "pulumi") };
  const since = Date.now();
  const run = spawnSync(process.execPath, [join(root, "cli/palier.ts"), ...command], { env: own, encoding: "utf8" });
  if (run.status !== 0) throw new Error(`${name} ended with ${run.status}:\n${run.stdout}${run.stderr}`);
  const said = run.stdout.split("\n").filter((line) => /^\w+: \d+ refused/.test(line));
  return { seconds: (Date.now() - since) / 1000, said: said.join("; ") };
}

try {
  console.log(`load ${load()} before`);
  console.log("five systems in dev, from no cluster to all healthy:");
  const ups = systemNames.map((name) => ({ name, ...npm("start", "--", name, "dev") }));
  for (const { name, seconds } of ups) print(name, `${seconds.toFixed(1)} s`);
  print("in all", `${ups.reduce((sum, { seconds }) => sum + seconds, 0).toFixed(1)} s`);
  const { node, pods } = memory(nodeProcesses(Number(readFileSync(join(home, "cluster", "lock"), "utf8"))));
  print("memory", `the node ${(node / 1e6).toFixed(0)} MB, its pods ${(pods / 1e6).toFixed(0)} MB`);
  console.log("fifteen previews by palier policy preview, policies on, without a cluster:");
  const previews = systemNames.map((name) => ({ name, ...previewed(name) }));
  for (const { name, seconds, said } of previews) print(name, `${seconds.toFixed(1)} s  ${said}`);
  print("in all", `${previews.reduce((sum, { seconds }) => sum + seconds, 0).toFixed(1)} s`);
  console.log(`load ${load()} after`);
} finally {
  spawnSync("npm", ["stop"], { cwd: root, env });
  rmSync(home, { recursive: true, force: true });
}
