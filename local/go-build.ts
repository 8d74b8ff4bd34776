import { execFile, spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { access, mkdir, readdir, readFile, rename, rm, stat, utimes } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { promisify } from "node:util";
import { checkGo } from "./go-version.ts";
import { describeSize, freeBytes, sizeOf } from "./size.ts";
import { elapsed, LocalError, type Step } from "./steps.ts";

const run = promisify(execFile);

export interface GoProgram {
  /** File name of the result, with `version` and a digest of the sources behind it. */
  name: string;
  version: string;
  /** Folder of the Go module. */
  dir: string;
  /** Package to build, relative to `dir`, such as `./cmd/coredns`. */
  package: string;
  /** Added to `-s -w`. Flags change the result but not the compiled packages, so programs share the compile cache. */
  ldflags?: string;
  cache: string;
}

/** Free disk that a build from an empty Go cache wants: modules, compiled packages and a margin. */
const coldBuildBytes = 25e9;
const warmBuildBytes = 3e9;
/** From this many packages still to compile on, a build counts as cold. */
const coldPackages = 800;
/** A build that was not started for so long goes when the next one is made. */
const unusedDays = 30;
/** Go's cache holds several times as much once it has compiled Kubernetes. */
const leastCompiledBytes = 2e9;

/** Builds a program once; afterwards it comes from the cache until its version, flags or sources change. */
export async function buildGo(step: Step, program: GoProgram): Promise<string> {
  const target = await builtPath(program);
  if (await exists(target)) {
    await utimes(target, new Date(), new Date());
    return target;
  }
  await checkGo(program.dir);
  await mkdir(join(program.cache, "bin"), { recursive: true });
  step.say(
    `building ${program.name} ${program.version} from its Go module (once; minutes when nothing is compiled yet)`,
  );
  const total = await packagesToCompile(step, program);
  await checkDisk(total >= coldPackages ? coldBuildBytes : warmBuildBytes);
  await removeUnfinished(target);
  await removeUnused(target, program.name);
  const partial = `${target}.${process.pid}`;
  const since = performance.now();
  try {
    await compile(step, program, partial, total);
    await rename(partial, target);
    const { size } = await stat(target);
    step.say(`built ${program.name}: ${elapsed(performance.now() - since)}, ${describeSize(size)}`);
  } finally {
    await rm(partial, { force: true });
  }
  return target;
}

/** What builds of it left that were killed. */
async function removeUnfinished(target: string): Promise<void> {
  for (const name of await readdir(dirname(target))) {
    const pid = name.startsWith(`${basename(target)}.`) ? name.slice(basename(target).length + 1) : "";
    if (/^\d+$/.test(pid) && !(await exists(`/proc/${pid}`))) await rm(join(dirname(target), name), { force: true });
  }
}

/** Builds of it from other sources that no clone has started for a month. */
async function removeUnused(target: string, program: string): Promise<void> {
  for (const name of await readdir(dirname(target))) {
    const file = join(dirname(target), name);
    if (!name.startsWith(`${program}-`) || file === target) continue;
    const { mtimeMs } = await stat(file);
    if (Date.now() - mtimeMs > unusedDays * 24 * 3600 * 1000) await rm(file, { force: true });
  }
}

/** Where the built program is or will be: the digest covers the module's files and the flags. */
export async function builtPath(program: GoProgram): Promise<string> {
  const digest = createHash("sha256").update(`${program.package}\n${program.ldflags ?? ""}\n`);
  for (const file of await sourceFiles(program.dir)) {
    digest.update(`${file}\n`).update(await readFile(join(program.dir, file)));
  }
  return join(program.cache, "bin", `${program.name}-${program.version}-${digest.digest("hex").slice(0, 8)}`);
}

/** Files that make the result: not tests, not documentation. */
async function sourceFiles(dir: string): Promise<string[]> {
  const all = await readdir(dir, { recursive: true, withFileTypes: true });
  return all
    .filter((one) => one.isFile() && !/_test\.go$|\.md$/.test(one.name))
    .map((one) => join(one.parentPath, one.name).slice(dir.length + 1))
    .sort();
}

async function compile(step: Step, program: GoProgram, output: string, total: number): Promise<void> {
  const flags = ["-v", "-ldflags", `-s -w ${program.ldflags ?? ""}`.trim(), "-o", output];
  const child = spawn("go", ["build", ...flags, program.package], {
    cwd: program.dir,
    env: goEnvironment(),
    stdio: ["ignore", "ignore", "pipe"],
  });
  const ended = new Promise<number | null>((done, failed) => child.on("close", done).on("error", failed));
  const problems: string[] = [];
  let compiled = 0;
  for await (const line of createInterface(child.stderr)) {
    if (line.startsWith("go: downloading ")) continue;
    if (/^[\w.~/-]+$/.test(line)) step.progress(++compiled, total);
    else problems.push(line);
  }
  if ((await ended) === 0) return;
  throw new LocalError(
    `Building ${program.name} ${program.version} failed:\n${problems.slice(-12).join("\n")}`,
    `see all of it with: (cd ${program.dir} && CGO_ENABLED=0 go build -o /dev/null ${program.package})`,
  );
}

/** How many packages are not in Go's cache yet; listing them also downloads the modules. */
async function packagesToCompile(step: Step, program: GoProgram): Promise<number> {
  step.say("fetching its modules through Go's module proxy");
  const format = "{{if not .Standard}}{{.StaleReason}}{{end}}";
  try {
    const { stdout } = await run("go", ["list", "-deps", "-f", format, program.package], {
      cwd: program.dir,
      env: goEnvironment(),
      maxBuffer: 64 << 20,
    });
    return stdout.split("\n").filter((line) => line !== "" && !line.includes("available in build cache")).length;
  } catch (error) {
    const text = (error as { stderr?: string }).stderr ?? String(error);
    throw new LocalError(
      `The Go modules of ${program.name} can't be fetched: ${text.trim().split("\n").slice(-3).join("\n")}`,
      "check GOPROXY (`go env GOPROXY`) and the network, then run this again; what was fetched is kept.",
    );
  }
}

/** One set of flags for every program: any other value would compile all shared packages a second time. */
function goEnvironment(): NodeJS.ProcessEnv {
  return { ...process.env, CGO_ENABLED: "0", GOFLAGS: "-buildvcs=false", GOWORK: "off" };
}

/** What a build will take, told without asking for the modules: about, and of an empty Go cache the most. */
export async function buildRoom(): Promise<{ folder: string; bytes: number }> {
  await checkGo(join(import.meta.dirname, "cluster"));
  const folder = await goCache();
  return { folder, bytes: (await sizeOf(folder)) < leastCompiledBytes ? coldBuildBytes : warmBuildBytes };
}

async function goCache(): Promise<string> {
  const { stdout } = await run("go", ["env", "GOCACHE"]);
  return stdout.trim();
}

async function checkDisk(wanted: number): Promise<void> {
  const folder = await goCache();
  await mkdir(folder, { recursive: true });
  const free = await freeBytes(folder);
  if (free >= wanted) return;
  throw new LocalError(
    `${describeSize(free)} are free where Go compiles (${folder}); this build wants ${describeSize(wanted)}.`,
    "free some disk, or point GOCACHE and GOMODCACHE at a larger one. After the build `go clean -cache -modcache` gives about 20 GB back.",
  );
}

async function exists(file: string): Promise<boolean> {
  return await access(file).then(
    () => true,
    () => false,
  );
}
