import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { createWriteStream } from "node:fs";
import { mkdtemp, rename, rm, writeFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { text } from "node:stream/consumers";
import { pipeline } from "node:stream/promises";
import { promisify } from "node:util";
import { createZstdCompress } from "node:zlib";
import { leansOn } from "../debian.ts";
import { endsWell } from "../interrupt.ts";
import { sizeOf } from "../size.ts";
import type { Step } from "../steps.ts";
import { checksum } from "./checksum.ts";
import { type ArchivedPart, type Manifest, manifestName, manifestOf, memberOf } from "./manifest.ts";
import type { CachePart } from "./parts.ts";

/** Writes these parts of the cache into an archive, whole or not at all. */
export async function saveCache(step: Step, cache: string, parts: CachePart[], file: string): Promise<Manifest> {
  const work = await mkdtemp(`${file}.`);
  const clear = () => rm(work, { recursive: true, force: true });
  return endsWell(clear, async () => {
    try {
      const packed: ArchivedPart[] = [];
      for (const part of parts) {
        packed.push(await pack(cache, part, work));
        step.progress(packed.length, parts.length);
      }
      const packages = [...new Set(parts.flatMap(({ packages }) => packages ?? []))];
      const manifest = await manifestOf(packed, packages.length > 0 ? await leansOn(cache, packages) : []);
      await writeFile(join(work, manifestName), `${JSON.stringify(manifest, null, 2)}\n`);
      const members = [manifestName, ...packed.map(memberOf)];
      await promisify(execFile)("tar", ["-cf", join(work, "archive"), "-C", work, ...members]);
      await rename(join(work, "archive"), file);
      return manifest;
    } finally {
      await clear();
    }
  });
}

async function pack(cache: string, { path }: CachePart, work: string): Promise<ArchivedPart> {
  const [source, member] = [join(cache, path), memberOf({ path })];
  const tar = spawn("tar", ["-c", "-C", dirname(source), basename(source)]);
  const [closed, problem] = [once(tar, "close"), text(tar.stderr)];
  const sum = checksum();
  await pipeline(tar.stdout, createZstdCompress(), sum.through, createWriteStream(join(work, member)));
  const [code] = await closed;
  if (code !== 0) throw new Error(`${source} can't be read: ${(await problem).trim().split("\n")[0]}`);
  return {
    path,
    sha256: sum.sha256(),
    packedBytes: await sizeOf(join(work, member)),
    bytes: await sizeOf(source),
  };
}
