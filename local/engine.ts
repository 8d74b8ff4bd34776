import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { access, constants, copyFile, link, mkdir, realpath, rename, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import type { Clone } from "./clone.ts";
import { takeRelease } from "./download.ts";
import { buildGo, builtPath, type GoProgram } from "./go-build.ts";
import { whatIs } from "./launcher.ts";
import type { Part } from "./part.ts";
import { LocalError, type Step } from "./steps.ts";

export interface Engine {
  /** Absolute path of the Pulumi CLI, symlinks resolved: language hosts are looked for beside it. */
  pulumi: string;
  part: Part;
}

const run = promisify(execFile);
const moduleFolder = join(import.meta.dirname, "engine");

/** The engine that goes with the SDK: the version in `local/engine/go.mod`. */
export const engineVersion = readVersion(readFileSync(join(moduleFolder, "go.mod"), "utf8"));

export async function prepareEngine(step: Step, clone: Clone): Promise<Engine> {
  const found = (await engineOnPath(step, clone)) ?? (await engineInCache(clone));
  if (found) {
    step.say(`pulumi ${found.part.version} (${found.part.origin}): ${found.pulumi}`);
    return found;
  }
  if (await takeRelease(step, release(), downloadFolder(clone))) return downloaded(clone, "download");
  const pulumi = await placeBeside(clone, await buildGo(step, goProgram(clone)));
  const version = await versionOf(pulumi);
  if (version !== engineVersion) {
    const next = `remove it from ${join(clone.cache, "bin")} and run this again.`;
    throw new LocalError(`The engine that was built says version ${version ?? "nothing"}, not ${engineVersion}.`, next);
  }
  return built(pulumi);
}

/** What `prepareEngine` would use now, without building or fetching anything. */
export async function inspectEngine(clone: Clone): Promise<Part[]> {
  const found = (await engineOnPath(undefined, clone)) ?? (await engineInCache(clone, async () => besidePath(clone)));
  if (found) return [found.part];
  const remedy = `npm start downloads it or builds it; or put Pulumi ${engineVersion} on the PATH`;
  return [{ name: "pulumi", version: engineVersion, origin: "built", official: true, remedy }];
}

export async function findEngine(clone: Clone): Promise<Engine | undefined> {
  return (await engineOnPath(undefined, clone)) ?? (await engineInCache(clone));
}

async function engineInCache(clone: Clone, place = placeBeside): Promise<Engine | undefined> {
  if (await isProgram(downloadedFile(clone))) return downloaded(clone, "cache");
  const cached = await builtPath(goProgram(clone));
  return (await isProgram(cached)) ? built(await place(clone, cached)) : undefined;
}

/** One that the user has installed: not what an earlier run of ours has put on the PATH. */
async function engineOnPath(step: Step | undefined, clone: Clone): Promise<Engine | undefined> {
  for (const folder of new Set((process.env["PATH"] ?? "").split(":").filter(Boolean))) {
    const pulumi = await realpath(join(folder, "pulumi")).catch(() => undefined);
    if (pulumi === undefined || !(await isProgram(pulumi))) continue;
    if ([clone.home, clone.cache].some((ours) => pulumi.startsWith(`${ours}/`))) continue;
    if ((await whatIs(join(dirname(pulumi), "pulumi-language-nodejs"))) === "launcher") continue;
    const version = await versionOf(pulumi);
    if (version !== undefined && fits(version)) return { pulumi, part: enginePart(pulumi, version, "path") };
    step?.say(`${pulumi} is version ${version ?? "unknown"}: not used, ${engineVersion} or a newer 3.x is needed`);
  }
  return undefined;
}

export function fits(version: string, wanted: string = engineVersion): boolean {
  const [found, least] = [version, wanted].map((text) => text.split(/[.+-]/).slice(0, 3).map(Number));
  if (found![0] !== least![0]) return false;
  return found![1]! > least![1]! || (found![1] === least![1] && found![2]! >= least![2]!);
}

async function versionOf(pulumi: string): Promise<string | undefined> {
  const env = { ...process.env, PULUMI_SKIP_UPDATE_CHECK: "true" };
  const { stdout } = await run(pulumi, ["version"], { env, timeout: 60_000 }).catch(() => ({ stdout: "" }));
  return /^v?(\d+\.\d+\.\d+\S*)/.exec(stdout)?.[1];
}

/** In this clone's own folder, because the language host beside it is a stand-in of this clone. */
async function placeBeside(clone: Clone, file: string): Promise<string> {
  const pulumi = besidePath(clone);
  const [wanted, present] = await Promise.all([stat(file), stat(pulumi).catch(() => undefined)]);
  if (present && present.size === wanted.size && present.mtimeMs >= wanted.mtimeMs) return pulumi;
  await mkdir(dirname(pulumi), { recursive: true });
  const making = `${pulumi}.${process.pid}`;
  // Another disk has no hard links to this one.
  await link(file, making).catch(() => copyFile(file, making));
  await rename(making, pulumi);
  return pulumi;
}

function besidePath({ home }: Clone): string {
  return join(home, "bin", "pulumi");
}

function built(pulumi: string): Engine {
  return { pulumi, part: enginePart(pulumi, engineVersion, "built") };
}

function downloaded(clone: Clone, origin: "cache" | "download"): Engine {
  const pulumi = downloadedFile(clone);
  return { pulumi, part: enginePart(pulumi, engineVersion, origin) };
}

function enginePart(path: string, version: string, origin: Part["origin"]): Part {
  return { name: "pulumi", version, origin, official: true, path };
}

function goProgram(clone: Clone): GoProgram {
  return {
    name: "pulumi",
    version: engineVersion,
    dir: moduleFolder,
    package: "github.com/pulumi/pulumi/pkg/v3/cmd/pulumi",
    // Without the stamp the Automation API takes it for a development version and refuses it.
    ldflags: `-X github.com/pulumi/pulumi/sdk/v3/go/common/version.Version=v${engineVersion}`,
    cache: clone.cache,
  };
}

function release() {
  const archive = `pulumi-v${engineVersion}-${process.platform}-${process.arch}.tar.gz`;
  const url = `https://github.com/pulumi/pulumi/releases/download/v${engineVersion}`;
  return { url, archive, checksums: `pulumi-${engineVersion}-checksums.txt` };
}

/** Where the cache has the engine: downloaded or, once that could not be had, built. */
export async function cachedEngine(clone: Clone): Promise<string> {
  return (await isProgram(downloadedFile(clone))) ? downloadFolder(clone) : builtPath(goProgram(clone));
}

function downloadFolder(clone: Clone): string {
  return join(clone.cache, "pulumi", engineVersion);
}

function downloadedFile(clone: Clone): string {
  return join(downloadFolder(clone), "pulumi", "pulumi");
}

function isProgram(file: string): Promise<boolean> {
  return access(file, constants.X_OK).then(
    () => true,
    () => false,
  );
}

function readVersion(goMod: string): string {
  const version = /github\.com\/pulumi\/pulumi\/pkg\/v3 v(\S+)/.exec(goMod)?.[1];
  if (version === undefined) throw new Error("local/engine/go.mod requires no github.com/pulumi/pulumi/pkg/v3");
  return version;
}
