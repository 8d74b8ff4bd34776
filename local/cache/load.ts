import { existsSync } from "node:fs";
import { mkdir, rename, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { alone } from "../bootstrap.mjs";
import { installedPackages } from "../debian.ts";
import { endsWell } from "../interrupt.ts";
import { describeSize, freeBytes } from "../size.ts";
import { LocalError, type Step } from "../steps.ts";
import {
  type ArchivedPart,
  distributionHere,
  type Manifest,
  manifestName,
  manifestSchema,
  memberOf,
} from "./manifest.ts";
import { copyMember, readMember, unpack } from "./unpack.ts";

/** What became of the parts of an archive. */
export interface Loaded {
  taken: ArchivedPart[];
  present: ArchivedPart[];
  /** Of no use on this machine, and why. */
  passedOver: { part: ArchivedPart; why: string }[];
}

/** Takes from an archive what the cache lacks. No part gets its name before all of them are there, whole and as they were saved. */
export async function loadCache(step: Step, cache: string, file: string): Promise<Loaded> {
  const manifest = await readManifest(file);
  if (manifest.arch !== process.arch) {
    throw new LocalError(
      `${file} was saved on ${manifest.arch}, and this machine is ${process.arch}.`,
      "save one on a machine of this kind, or let npm start build.",
    );
  }
  const passedOver = await unfit(manifest);
  const fit = manifest.parts.filter((one) => passedOver.every(({ part }) => part !== one));
  return alone(join(cache, "load.lock"), async () => {
    const present = fit.filter(({ path }) => existsSync(join(cache, path)));
    const wanted = fit.filter((part) => !present.includes(part));
    await checkRoom(cache, wanted);
    await take(step, cache, file, wanted);
    return { taken: wanted, present, passedOver };
  });
}

async function readManifest(file: string): Promise<Manifest> {
  if (!existsSync(file)) throw new LocalError(`There is no ${file}.`, "npm run cache -- save FILE writes one.");
  const member = await readMember(file, manifestName);
  const read = manifestSchema.safeParse(parsed(member));
  if (read.success) return read.data;
  const [issue] = member ? read.error.issues : [];
  const where = issue ? ` (${[manifestName, ...issue.path].join(".")}: ${issue.message})` : "";
  throw new LocalError(
    `${file} is not an archive of Palier's cache, or not whole${where}.`,
    "save it again: npm run cache -- save FILE",
  );
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}

/** Debian's parts are made for a machine with the same Debian, and lack what the one they were saved on had. */
async function unfit({ distribution, leansOn, parts }: Manifest): Promise<Loaded["passedOver"]> {
  const ofDebian = parts.filter(({ path }) => /^(debian|images)\//.test(path));
  const [here, installed] = [await distributionHere(), new Set(await installedPackages().catch(() => []))];
  const lacking = leansOn.filter((name) => !installed.has(name));
  if (distribution === here && lacking.length === 0) return [];
  const lacks = `this machine lacks ${lacking.slice(0, 3).join(", ")}${lacking.length > 3 ? " …" : ""}`;
  const why = distribution === here ? lacks : `it was made on ${distribution}, and this is ${here}`;
  return ofDebian.map((part) => ({ part, why }));
}

async function checkRoom(cache: string, parts: ArchivedPart[]): Promise<void> {
  const wanted = parts.reduce((sum, { bytes, packedBytes }) => sum + bytes + packedBytes, 0);
  const free = await freeBytes(cache);
  if (free >= wanted) return;
  throw new LocalError(
    `${describeSize(free)} are free where ${cache} lies, and loading takes ${describeSize(wanted)}.`,
    "make room, or point PALIER_CACHE at a larger disk.",
  );
}

async function take(step: Step, cache: string, file: string, parts: ArchivedPart[]): Promise<void> {
  const work = join(cache, "load");
  const clear = () => rm(work, { recursive: true, force: true });
  await clear(); // left by one that was killed
  await mkdir(work);
  await endsWell(clear, async () => {
    try {
      for (const [index, part] of parts.entries()) {
        const packed = join(work, memberOf(part));
        await copyMember(file, part, packed);
        await unpack(file, part, packed, work);
        await rm(packed);
        step.progress(index + 1, parts.length);
      }
      for (const { path } of parts) {
        await mkdir(dirname(join(cache, path)), { recursive: true });
        await rename(join(work, path), join(cache, path)).catch((error) => {
          if (!existsSync(join(cache, path))) throw error; // otherwise another clone has made it meanwhile
        });
      }
    } finally {
      await clear();
    }
  });
}
