import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { z } from "zod";
import { type ReleaseRecord, releaseRecord } from "./releaseRecord.ts";

/** A record that is there and can't be used: the message says the file and the field. */
export class UnusableRecord extends Error {
  override readonly name = "UnusableRecord";
}

/** Where the record of an image is kept, in the folder of a team's records. */
export function releaseRecordFile(folder: string, system: string, digest: string): string {
  return join(folder, system, "releases", `${digest.replace(":", "-")}.json`);
}

/** The record of an image; undefined where nobody has written one. Throws {@link UnusableRecord}. */
export function readReleaseRecord(folder: string, system: string, digest: string): ReleaseRecord | undefined {
  const file = releaseRecordFile(folder, system, digest);
  if (!existsSync(file)) return undefined;
  const record = recordIn(file);
  if (record.digest !== digest) throw new UnusableRecord(`${file}: digest is ${record.digest}, not that of its name`);
  if (record.system !== system)
    throw new UnusableRecord(`${file}: system is "${record.system}", and it stands under ${system}`);
  return record;
}

/** All records of a system. Those that can't be used are passed over. */
export function usableRecords(folder: string, system: string): ReleaseRecord[] {
  const releases = join(folder, system, "releases");
  const files = existsSync(releases) ? readdirSync(releases).filter((name) => name.endsWith(".json")) : [];
  return files.flatMap((name) => usable(join(releases, name)) ?? []);
}

/** The digest of each image that went to an environment last. Records that can't be used are passed over. */
export function lastReleased(
  folder: string,
  system: string,
  environment: "staging" | "production",
): ReadonlyMap<string, string> {
  const went = usableRecords(folder, system).flatMap((record) => {
    const last = record.released.filter((one) => one.environment === environment).at(-1);
    return last ? [{ ...record, at: Date.parse(last.at) }] : [];
  });
  return new Map(went.sort((a, b) => a.at - b.at).map(({ image, digest }) => [image, digest]));
}

/** The digest of each image that went to production last. */
export function lastInProduction(folder: string, system: string): ReadonlyMap<string, string> {
  return lastReleased(folder, system, "production");
}

function usable(file: string): ReleaseRecord | undefined {
  try {
    return recordIn(file);
  } catch {
    return undefined;
  }
}

function recordIn(file: string): ReleaseRecord {
  const text = readFileSync(file, "utf8");
  const read = releaseRecord.safeParse(parsed(text, file));
  if (read.success) return read.data;
  throw new UnusableRecord(`${file}: ${read.error.issues.map(told).join("; ")}`);
}

function parsed(text: string, file: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new UnusableRecord(`${file}: it is no JSON`);
  }
}

function told({ path, message }: z.core.$ZodIssue): string {
  return path.length > 0 ? `${path.join(".")}: ${message}` : message;
}
