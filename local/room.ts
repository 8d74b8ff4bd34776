import { mkdir, stat } from "node:fs/promises";
import { join } from "node:path";
import type { Clone } from "./clone.ts";
import { inspectCluster } from "./cluster.ts";
import { inspectEngine } from "./engine.ts";
import { buildRoom } from "./go-build.ts";
import { inspectImages } from "./images.ts";
import { describeSize, freeBytes, sizeOf } from "./size.ts";
import { LocalError, type Step } from "./steps.ts";

/** Disk that a start takes for something. */
export interface Need {
  what: string;
  folder: string;
  bytes: number;
}

/** A disk that a start writes to. */
export interface Disk {
  /** One of the folders on it. */
  folder: string;
  free: number;
  needs: Need[];
}

/** The databases' volumes, images and logs of a new node, and the layers of an application's image. */
export const newNodeBytes = 2e9;
/** For what a node that is there already may grow by. */
const growthBytes = 1e9;
const packagesBytes = 1.5e9;

/** Says how much disk a start needs, by what the cache and the home hold already, and refuses one that would fill it. */
export async function checkRoom(step: Step, clone: Clone): Promise<void> {
  const disks = await disksOf(await needsOf(clone));
  step.say(describeRoom(disks));
  const short = tooFull(disks);
  if (short) throw short;
}

/** Why a start would be refused now. */
export async function shortOfRoom(clone: Clone): Promise<LocalError | undefined> {
  return tooFull(await disksOf(await needsOf(clone)));
}

/** What a start of this clone needs. */
export async function needsOf(clone: Clone): Promise<Need[]> {
  const { home, cache } = clone;
  const parts = (await Promise.all([inspectEngine(clone), inspectCluster(clone), inspectImages(clone)])).flat();
  const missing = (origin: string) => parts.filter((part) => part.remedy && part.origin === origin);
  const isNew = (await sizeOf(join(home, "cluster", "etcd"))) < 0;
  const needs = [{ what: "the node's data", folder: home, bytes: isNew ? newNodeBytes : growthBytes }];
  if (missing("debian").length > 0) needs.push({ what: "Debian packages", folder: cache, bytes: packagesBytes });
  const builds = missing("built").map(({ name }) => name);
  if (builds.length > 0) needs.push({ what: `building ${builds.join(" and ")}`, ...(await buildRoom()) });
  return needs;
}

async function disksOf(needs: Need[]): Promise<Disk[]> {
  const disks = new Map<number, Disk>();
  for (const need of needs) {
    await mkdir(need.folder, { recursive: true });
    const { dev } = await stat(need.folder);
    const disk = disks.get(dev) ?? { folder: need.folder, free: await freeBytes(need.folder), needs: [] };
    disks.set(dev, { ...disk, needs: [...disk.needs, need] });
  }
  return [...disks.values()];
}

/** One line: how much is needed, for what, and how much is free. */
export function describeRoom(disks: Disk[]): string {
  return disks
    .map(({ folder, free, needs }) => {
      const where = disks.length > 1 ? ` where ${folder} lies` : "";
      return `needs about ${described(needs)}; ${describeSize(free)} are free${where}`;
    })
    .join(", and ");
}

function described(needs: Need[]): string {
  const each = needs.map(({ what, bytes }) => `${what} ${describeSize(bytes)}`);
  return needs.length > 1
    ? `${describeSize(total(needs))} (${each.join(", ")})`
    : `${describeSize(total(needs))} for ${needs[0]!.what}`;
}

function total(needs: Need[]): number {
  return needs.reduce((sum, { bytes }) => sum + bytes, 0);
}

export function tooFull(disks: Disk[]): LocalError | undefined {
  const disk = disks.find(({ free, needs }) => free < total(needs));
  return (
    disk &&
    new LocalError(
      `The disk is too full: a start needs about ${described(disk.needs)}, and ${describeSize(disk.free)} are free where ${disk.folder} lies.`,
      "make room: npm run clean removes this clone's data, npm run clean -- --cache the downloads too; or give PALIER_HOME, PALIER_CACHE, GOCACHE and GOMODCACHE a larger disk. Then run this again.",
    )
  );
}
