import { spawn } from "node:child_process";
import { once } from "node:events";
import { createReadStream, createWriteStream } from "node:fs";
import { mkdir } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { buffer } from "node:stream/consumers";
import { pipeline } from "node:stream/promises";
import { createZstdDecompress } from "node:zlib";
import { LocalError } from "../steps.ts";
import { checksum } from "./checksum.ts";
import { type ArchivedPart, memberOf } from "./manifest.ts";

/** A small member of an archive; empty where it has none of that name. */
export async function readMember(archive: string, member: string): Promise<string> {
  const { stdout, closed } = tar(["-xOf", archive, "--occurrence=1", member]);
  const [content] = await Promise.all([buffer(stdout), closed]);
  return content.toString();
}

/** Copies a part out of an archive, still packed, and refuses what is not as the manifest has it. */
export async function copyMember(archive: string, part: ArchivedPart, target: string): Promise<void> {
  const { stdout } = tar(["-xOf", archive, "--occurrence=1", memberOf(part)]);
  const sum = checksum();
  await pipeline(stdout, sum.through, createWriteStream(target));
  const found = sum.sha256();
  if (found !== part.sha256) throw damaged(archive, part, `its checksum is ${found}, and ${part.sha256} was saved`);
}

/** Unpacks a copied part below a folder; it may hold nothing but what the part is named after. */
export async function unpack(archive: string, part: ArchivedPart, packed: string, folder: string): Promise<void> {
  const own = basename(part.path);
  const listed = await through(packed, ["-t", "--quoting-style=escape"]);
  const foreign = listed.output
    .split("\n")
    .find((name) => name !== "" && (name.split("/")[0] !== own || name.split("/").includes("..")));
  if (foreign !== undefined) throw damaged(archive, part, `it holds ${foreign}, which lies outside of it`);
  const target = join(folder, dirname(part.path));
  await mkdir(target, { recursive: true });
  const { code } = await through(packed, ["-x", "-C", target]);
  if (listed.code !== 0 || code !== 0) throw damaged(archive, part, "it can't be unpacked");
}

function damaged(archive: string, { path }: ArchivedPart, why: string): LocalError {
  return new LocalError(
    `${archive} is damaged at ${path}: ${why}. Nothing of it was taken.`,
    "copy it anew, or save it again: npm run cache -- save FILE",
  );
}

async function through(packed: string, args: string[]): Promise<{ code: number; output: string }> {
  const child = tar(args);
  const output = buffer(child.stdout);
  // tar may end before it has read all.
  await pipeline(createReadStream(packed), createZstdDecompress(), child.stdin).catch(() => child.stdin.destroy());
  return { code: await child.closed, output: (await output).toString() };
}

function tar(args: string[]) {
  const child = spawn("tar", args, { stdio: ["pipe", "pipe", "ignore"] });
  const closed = once(child, "close").then(([code]) => Number(code ?? 1));
  return { stdin: child.stdin, stdout: child.stdout, closed };
}
