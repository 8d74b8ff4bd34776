import { createHash } from "node:crypto";
import { mkdir, readdir, readFile, realpath, rename, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { homedir } from "node:os";
import { basename, dirname, join, resolve } from "node:path";
import { LocalError } from "./steps.ts";

/** This clone of the repository on this machine: where its state lives, and the ports that are its own. */
export interface Clone {
  root: string;
  /** 8 hex digits that name what belongs to this home: the node, its context, its cgroup. */
  id: string;
  /** State of this clone alone: node, backend, project folder, passphrase. */
  home: string;
  /** Downloads and built binaries, shared by all clones of this user. */
  cache: string;
  ports: Ports;
}

export interface Ports {
  api: number;
  registry: number;
  /** Node ports are `nodePortFirst` to `nodePortFirst + 99`. */
  nodePortFirst: number;
}

// Below the range from which Linux takes outgoing ports (32768 and up), so that no connection takes one meanwhile.
const firstBlock = 20_000;
const blockSize = 110;
const blocks = 110;

export async function openClone(env: NodeJS.ProcessEnv = process.env): Promise<Clone> {
  const root = await realpath(resolve(import.meta.dirname, ".."));
  const given = env["PALIER_HOME"] ? resolve(env["PALIER_HOME"]) : undefined;
  const id = createHash("sha256")
    .update(given ?? root)
    .digest("hex")
    .slice(0, 8);
  const user = env["HOME"] ?? homedir();
  const state = env["XDG_STATE_HOME"] ?? join(user, ".local", "state");
  const home = given ?? join(state, "palier", `${basename(root)}-${id}`);
  const cache = resolve(env["PALIER_CACHE"] ?? join(env["XDG_CACHE_HOME"] ?? join(user, ".cache"), "palier"));
  if (given) await refuseForeign(given);
  await mkdir(home, { recursive: true, mode: 0o700 });
  await mkdir(cache, { recursive: true });
  return { root, id, home, cache, ports: await rememberedPorts(home, id) };
}

/** A home is removed as a whole by `npm run clean`: never take a folder that somebody keeps other things in. */
async function refuseForeign(home: string): Promise<void> {
  const names: string[] = await readdir(home).catch(() => []);
  if (names.length === 0 || names.some((name) => name.startsWith("ports.json"))) return;
  throw new LocalError(
    `PALIER_HOME is ${home}, a folder that already holds other things (${names.slice(0, 3).join(", ")} …).`,
    "give it a folder of its own, new or empty.",
  );
}

async function rememberedPorts(home: string, id: string): Promise<Ports> {
  const file = join(home, "ports.json");
  const remembered = await readPorts(file);
  if (remembered) return remembered;
  const ports = await choosePorts(home, id);
  await writeFile(`${file}.${process.pid}`, `${JSON.stringify(ports, null, 2)}\n`);
  await rename(`${file}.${process.pid}`, file);
  return ports;
}

async function readPorts(file: string): Promise<Ports | undefined> {
  const text = await readFile(file, "utf8").catch(() => undefined);
  try {
    const ports = JSON.parse(text ?? "null");
    return [ports?.api, ports?.registry, ports?.nodePortFirst].every(Number.isInteger) ? ports : undefined;
  } catch {
    return undefined; // cut off by a crash: choose again
  }
}

/** The first block of ports, from one that the id picks, that nobody listens on and no other clone has taken. */
async function choosePorts(home: string, id: string): Promise<Ports> {
  const taken = await portsOfOtherClones(home);
  const start = Number.parseInt(id, 16) % blocks;
  for (let i = 0; i < blocks; i++) {
    const first = firstBlock + ((start + i) % blocks) * blockSize;
    if (taken.has(first)) continue;
    const all = Array.from({ length: 102 }, (_, n) => first + n);
    if ((await busyPorts(all)).length === 0) return { nodePortFirst: first, api: first + 100, registry: first + 101 };
  }
  throw new LocalError(
    `No ${blockSize} neighbouring ports between ${firstBlock} and ${firstBlock + blocks * blockSize} are free.`,
    "stop what listens there (ss -ltnp shows it), then run this again.",
  );
}

async function portsOfOtherClones(home: string): Promise<Set<number>> {
  const beside = dirname(home);
  const names = await readdir(beside).catch(() => []);
  const ports = await Promise.all(names.map((name) => readPorts(join(beside, name, "ports.json"))));
  return new Set(ports.flatMap((one) => (one ? [one.nodePortFirst] : [])));
}

/** Which of these ports somebody already listens on, on 127.0.0.1. */
export async function busyPorts(ports: number[]): Promise<number[]> {
  const free = await Promise.all(ports.map(isFree));
  return ports.filter((_, index) => !free[index]);
}

function isFree(port: number): Promise<boolean> {
  return new Promise((done) => {
    const server = createServer();
    server.once("error", () => done(false));
    server.listen({ port, host: "127.0.0.1", exclusive: true }, () => server.close(() => done(true)));
  });
}
