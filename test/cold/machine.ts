import { execFileSync, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { mkdtemp } from "node:fs/promises";
import { tmpdir, userInfo } from "node:os";
import { join, resolve } from "node:path";
import { createInterface } from "node:readline";
import { describeSize, freeBytes } from "../../local/size.ts";
import { entering, guard } from "./namespaces.ts";
import { makeRootfs } from "./rootfs.ts";

const source = resolve(import.meta.dirname, "../..");

/** Of whoever runs this, and of the same user there. */
const home = userInfo().homedir;

/** Disk that a cold start takes at most: what a build asks for, with Debian and the node's data. */
const wantedBytes = 28e9;

/** What this machine's environment says of the way to its registries; everything else of it stays outside. */
const reaching = /^((https?|ftp|all|no)_proxy|SSL_CERT_(FILE|DIR)|NODE_EXTRA_CA_CERTS)$/i;
const ofGo = ["GOPROXY", "GOSUMDB", "GONOSUMDB", "GONOPROXY", "GOPRIVATE", "GOINSECURE"];

/** A Debian machine on which nothing has run yet: a folder and namespaces. */
export interface ColdMachine {
  /** Its root folder as seen from here. */
  rootfs: string;
  /** The clone's folder as seen from within. */
  clone: string;
  /** Seconds that making it took. */
  seconds: number;
  /** Runs a command in the clone, and shows what it prints. */
  run(...command: string[]): Promise<Ran>;
  /** Ends everything that runs in it, and removes it. */
  remove(): Promise<void>;
}

export interface Ran {
  code: number;
  output: string;
  seconds: number;
  /** What it took of the processors, which says more than seconds on a machine that does other things too. */
  processorSeconds: number;
}

export async function coldMachine(): Promise<ColdMachine> {
  const [since, folder] = [Date.now(), await roomyFolder()];
  const [rootfs, clone] = [join(folder, "root"), `${home}/palier-${randomBytes(3).toString("hex")}`];
  const guarded = guard(folder);
  try {
    await makeRootfs(rootfs, join(folder, "tools"));
    execFileSync("git", ["clone", "--quiet", source, join(rootfs, clone)]);
    const namespaces = await guarded.enter();
    const run = (...command: string[]) =>
      runWithin([...entering(namespaces), "--", ...inClone(clone), ...timed, ...command]);
    return { rootfs, clone, seconds: (Date.now() - since) / 1000, run, remove: guarded.remove };
  } catch (error) {
    await guarded.remove();
    throw error;
  }
}

async function roomyFolder(): Promise<string> {
  const parent = tmpdir();
  const free = await freeBytes(parent);
  const room = `${describeSize(free)} are free in ${parent}, and a cold start takes up to ${describeSize(wantedBytes)}`;
  if (free < wantedBytes) throw new Error(`${room}. TMPDIR=FOLDER takes another folder.`);
  console.log(`      ${room}`);
  return mkdtemp(join(parent, "palier-cold-"));
}

/** With the environment that whoever logs in there has, in the clone's folder. */
function inClone(clone: string): string[] {
  const go = JSON.parse(execFileSync("go", ["env", "-json", ...ofGo], { encoding: "utf8" })) as Record<string, string>;
  const ours = Object.entries(process.env).filter(([name]) => reaching.test(name));
  const path = "/usr/local/go/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";
  const env = { ...Object.fromEntries(ours), ...go, HOME: home, LANG: "C.UTF-8", PATH: path };
  const settings = Object.entries(env).flatMap(([name, value]) => (value ? [`${name}=${value}`] : []));
  return ["/usr/bin/env", "-i", `--chdir=${clone}`, ...settings];
}

/** Runs a command, and prints what it and all that it has waited for took of the processors. */
const timed = ["/bin/sh", "-c", '"$@"; code=$?; times; exit $code', "sh"];

/** A line of the shell's `times`: minutes and seconds in its own name, and in that of the kernel. The last is its children's. */
const times = /^(\d+)m([\d.]+)s (\d+)m([\d.]+)s$/gm;

async function runWithin([program, ...args]: string[]): Promise<Ran> {
  const since = Date.now();
  const child = spawn(program!, args, { stdio: ["ignore", "pipe", "pipe"] });
  const closed = once(child, "close");
  let output = "";
  const listen = async (stream: NodeJS.ReadableStream) => {
    for await (const line of createInterface(stream)) {
      output += `${line}\n`;
      console.log(`      │ ${line}`);
    }
  };
  await Promise.all([child.stdout, child.stderr].map(listen));
  const [code] = await closed;
  const [, m = 0, s = 0, kernelM = 0, kernelS = 0] = [...output.matchAll(times)].at(-1)?.map(Number) ?? [];
  const processorSeconds = (m + kernelM) * 60 + s + kernelS;
  return { code, output, seconds: (Date.now() - since) / 1000, processorSeconds };
}
