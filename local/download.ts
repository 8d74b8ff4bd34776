import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdir, mkdtemp, rename, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import type { Step } from "./steps.ts";

export interface Release {
  /** Folder of the release on the web. */
  url: string;
  /** A tar.gz in it. */
  archive: string;
  /** The list of SHA-256 sums published beside it. */
  checksums: string;
}

const patience = 5_000;
const longDownload = 10 * 60_000;
/** Hosts that did not answer: asked once in a run, however many parts come from there. */
const silent = new Map<string, string>();

/** Takes an official release and unpacks it to `folder`. False, with one line that says why, when it can't be had. */
export async function takeRelease(step: Step, release: Release, folder: string): Promise<boolean> {
  const { host } = new URL(release.url);
  if (silent.has(host)) return false;
  try {
    const sums = (await fetchWhole(`${release.url}/${release.checksums}`)).toString();
    const wanted = publishedSum(sums, release.archive);
    step.say(`downloading ${release.archive} from ${host}`);
    const archive = await fetchWhole(`${release.url}/${release.archive}`);
    const found = createHash("sha256").update(archive).digest("hex");
    if (found !== wanted) throw new Error(`its checksum is ${found}, published is ${wanted}`);
    await unpack(archive, folder);
    return true;
  } catch (error) {
    step.say(`${release.archive} is not to be had from ${host}: ${reason(error)}`);
    if (error instanceof Unreachable) silent.set(host, error.message);
    return false;
  }
}

class Unreachable extends Error {}

async function fetchWhole(url: string): Promise<Buffer> {
  const stop = new AbortController();
  const slow = setTimeout(() => stop.abort(new Error(`no answer in ${patience / 1000} s`)), patience);
  const response = await fetch(url, { signal: AbortSignal.any([stop.signal, AbortSignal.timeout(longDownload)]) })
    .catch((error) => {
      throw new Unreachable(reason(error));
    })
    .finally(() => clearTimeout(slow));
  if (!response.ok) throw new Error(`${url} answers ${response.status}`);
  return Buffer.from(await response.arrayBuffer());
}

/** `fetch` hides what happened behind "fetch failed". */
function reason(error: unknown): string {
  const { cause, message } = error as Error;
  return cause instanceof Error ? cause.message || String((cause as NodeJS.ErrnoException).code) : message;
}

export function publishedSum(list: string, file: string): string {
  for (const line of list.split("\n")) {
    const [sum, name] = line.trim().split(/\s+\*?/);
    if (name === file && /^[0-9a-f]{64}$/i.test(sum ?? "")) return sum!.toLowerCase();
  }
  throw new Error(`no checksum is published for ${file}`);
}

/** Whole or not at all: unpacked beside the folder, then renamed to it. */
async function unpack(archive: Buffer, folder: string): Promise<void> {
  await mkdir(dirname(folder), { recursive: true });
  const making = await mkdtemp(`${folder}.`);
  try {
    const file = join(making, "archive.tar.gz");
    await writeFile(file, archive);
    await mkdir(join(making, "content"));
    await promisify(execFile)("tar", ["-xzf", file, "-C", join(making, "content")]);
    await rm(folder, { recursive: true, force: true });
    await rename(join(making, "content"), folder);
  } finally {
    await rm(making, { recursive: true, force: true });
  }
}
