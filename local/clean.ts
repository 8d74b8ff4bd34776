import { existsSync } from "node:fs";
import { readFile, rm, rmdir } from "node:fs/promises";
import { homedir } from "node:os";
import { basename, dirname, join, resolve, sep } from "node:path";
import type { Clone } from "./clone.ts";
import { sizeOf } from "./size.ts";
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
  "policies.json": "what the policy pack is told of a rehearsal",
  passphrase: "the passphrase of the stacks' secrets",
  pulumi: "plugins of the engine",
  bin: "links to tools",
  context: "stacks on clusters of your own: their state and secrets; the clusters are not touched",
  "machine.json": "what the last start prepared",
  "ports.json": "the chosen ports",
  proofs: "how far long proofs have come",
};

/** Everything that runs put into the shared cache; likewise. */
const cacheContents: Record<string, string> = {
  bin: "programs built from Go modules",
  compile: "programs that Node has compiled",
  debian: "Debian packages, unpacked",
  images: "base images made of them",
  load: "an archive of a cache while it is loaded",
  node: "Node's own binaries",
  npm: "packages that image builds fetched",
  pulumi: "downloads of the engine and its plugins",
};

/** What there is to remove in a home, with sizes. */
export function findRemovals({ home }: Clone): Promise<Removal[]> {
  return present(home, homeContents);
}

/** The home of `npm test` as a whole: tests that were cut off leave folders of their own in it. */
export async function testRemovals(clone: Clone): Promise<Removal[]> {
  const removals = await present(dirname(clone.home), {
    [basename(testHome(clone))]: "the node and state of npm test",
  });
  return removals.filter(({ path }) => existsSync(join(path, "ports.json")));
}

/** What there is to remove in the cache that all clones share. */
export function cacheRemovals({ cache }: Clone): Promise<Removal[]> {
  return present(cache, cacheContents);
}

async function present(folder: string, contents: Record<string, string>): Promise<Removal[]> {
  const all = Object.entries(contents).map(async ([name, what]) => {
    const path = join(folder, name);
    return { path, what, bytes: await sizeOf(path) };
  });
  return (await Promise.all(all)).filter(({ bytes }) => bytes >= 0);
}

/** Removes them all, or nothing: refuses what lies outside the folders of this clone, and what is still mounted. */
export async function remove(removals: Removal[], clone: Clone): Promise<void> {
  const homes = [clone.home, testHome(clone)];
  const mounts = await mountPoints();
  for (const { path } of removals) {
    if (![...homes, clone.cache].some((folder) => isWithin(path, folder)) || isPrecious(path, clone)) {
      throw new LocalError(`${path} does not belong to this clone; nothing was removed.`, "check PALIER_HOME.");
    }
    const mount = mounts.find((point) => isWithin(point, path));
    if (mount) throw new LocalError(`${mount} is still mounted; nothing was removed.`, "npm stop");
  }
  for (const { path } of removals) await rm(path, { recursive: true, force: true });
  for (const folder of homes) await rmdir(folder).catch(() => {}); // stays where something else is in it
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
