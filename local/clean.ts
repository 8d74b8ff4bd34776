import { execFile } from "node:child_process";
import { access, lstat, readdir, readFile, rm, rmdir } from "node:fs/promises";
import { homedir } from "node:os";
import { dirname, join, resolve, sep } from "node:path";
import { promisify } from "node:util";
import type { Clone } from "./clone.ts";
import { LocalError } from "./steps.ts";

/** Something that `npm run clean` takes away. */
export interface Removal {
  path: string;
  what: string;
  bytes: number;
}

/** Everything that a run puts into its home. Only these names are ever removed from there. */
const homeContents: Record<string, string> = {
  cluster: "the node: its volumes (the databases), images and logs",
  images: "the image builder's layers",
  backend: "the stacks' state",
  project: "merged stack files with their secrets",
  records: "records of releases",
  passphrase: "the passphrase of the stacks' secrets",
  pulumi: "plugins of the engine",
  bin: "links to tools",
  context: "stacks on clusters of your own: their state and secrets; the clusters are not touched",
  "machine.json": "what the last start prepared",
  "ports.json": "the chosen ports",
};

/** What there is to remove in a home, with sizes. */
export async function findRemovals({ home }: Clone): Promise<Removal[]> {
  const removals = await Promise.all(
    Object.entries(homeContents).map(async ([name, what]) => ({
      path: join(home, name),
      what,
      bytes: await sizeOf(join(home, name)),
    })),
  );
  return removals.filter(({ bytes }) => bytes >= 0);
}

export async function cacheRemoval(clone: Clone): Promise<Removal[]> {
  const bytes = await sizeOf(clone.cache);
  const what = "downloads and built binaries, shared by all clones; the next start takes minutes";
  return bytes < 0 ? [] : [{ path: clone.cache, what, bytes }];
}

/** Removes them. Refuses what lies outside the folders of this clone, and what is still mounted. */
export async function remove(removals: Removal[], clone: Clone): Promise<void> {
  const allowed = [clone.home, testHome(clone), clone.cache];
  for (const { path } of removals) {
    if (!allowed.some((folder) => isWithin(path, folder)) || isPrecious(path, clone)) {
      throw new LocalError(
        `${path} does not belong to this clone; nothing more was removed.`,
        "check PALIER_HOME and PALIER_CACHE.",
      );
    }
    const mount = (await mountPoints()).find((point) => isWithin(point, path));
    if (mount)
      throw new LocalError(`${mount} is still mounted; removing ${path} could reach what lies behind.`, "npm stop");
    await rm(path, { recursive: true, force: true });
  }
  for (const home of [testHome(clone), clone.home]) await rmdir(home).catch(() => {}); // stays where something else is in it
}

/** Home of the node that `npm test` runs on. */
export function testHome(clone: Clone): string {
  return `${clone.home}-test`;
}

function isWithin(path: string, folder: string): boolean {
  return resolve(path) === resolve(folder) || resolve(path).startsWith(resolve(folder) + sep);
}

function isPrecious(path: string, clone: Clone): boolean {
  return [homedir(), clone.root, dirname(clone.root)].some((folder) => isWithin(folder, path));
}

async function mountPoints(): Promise<string[]> {
  const table = await readFile("/proc/self/mounts", "utf8").catch(() => "");
  return table.split("\n").flatMap((line) => line.split(" ")[1]?.replaceAll("\\040", " ") ?? []);
}

/** Bytes on disk, or -1 for what is not there. */
async function sizeOf(path: string): Promise<number> {
  const there = await access(path).then(
    () => true,
    () => false,
  );
  if (!there) return -1;
  if ((await lstat(path)).isFile() || (await readdir(path)).length === 0) return (await lstat(path)).size;
  const { stdout } = await promisify(execFile)("du", ["-skx", path]).catch((error) => ({
    stdout: String(error.stdout ?? "0"),
  }));
  return Number.parseInt(stdout, 10) * 1024;
}

export function describeSize(bytes: number): string {
  if (bytes < 1e6) return `${Math.ceil(bytes / 1e3)} kB`;
  return bytes < 1e9 ? `${Math.round(bytes / 1e6)} MB` : `${(bytes / 1e9).toFixed(1)} GB`;
}
