import { mkdir, open, rename, rm, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { readReleaseRecord, releaseRecordFile, UnusableRecord } from "../core/records/recordFolder.ts";
import { type ReleaseRecord, releaseRecord } from "../core/records/releaseRecord.ts";
import { signed } from "../core/records/signature.ts";
import { UsageError } from "./usage.ts";

interface Place {
  readonly folder: string;
  readonly system: string;
  readonly image: string;
  readonly digest: string;
  /** Private key in PEM. */
  readonly key?: string;
}

/** Changes the record of an image, or begins it, alone: CI steps run side by side. Resolves to its file. */
export async function changeRecord(place: Place, change: (record: ReleaseRecord) => ReleaseRecord): Promise<string> {
  const file = releaseRecordFile(place.folder, place.system, place.digest);
  await mkdir(dirname(file), { recursive: true });
  const release = await lock(`${file}.lock`);
  try {
    const record = sealed(checked(change(present(place))), place.key);
    await writeFile(`${file}.new`, `${JSON.stringify(record, null, 2)}\n`);
    await rename(`${file}.new`, file);
    return file;
  } finally {
    await release();
  }
}

function present({ folder, system, image, digest, key }: Place): ReleaseRecord {
  try {
    const record = readReleaseRecord(folder, system, digest);
    if (record?.signature && !key) throw new UsageError("the record is signed: give --sign to change it.");
    return record ?? releaseRecord.parse({ version: 1, system, image, digest });
  } catch (error) {
    if (error instanceof UnusableRecord) throw new UsageError(`${error.message}. Remove the file to begin anew.`);
    throw error;
  }
}

function checked(record: ReleaseRecord): ReleaseRecord {
  const read = releaseRecord.safeParse(record);
  if (read.success) return read.data;
  const [issue] = read.error.issues;
  throw new UsageError(`${issue!.path.join(".")}: ${issue!.message}.`);
}

function sealed(record: ReleaseRecord, key: string | undefined): ReleaseRecord {
  if (key === undefined) return record;
  try {
    return signed(record, key);
  } catch {
    throw new UsageError("--sign is no private ed25519 key in PEM: openssl genpkey -algorithm ed25519 makes one.");
  }
}

const waitMs = 10_000;

async function lock(path: string): Promise<() => Promise<void>> {
  const until = Date.now() + waitMs;
  for (;;) {
    try {
      await (await open(path, "wx")).close();
      return () => rm(path, { force: true });
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code !== "EEXIST") throw error;
      if (Date.now() > until)
        throw new UsageError(`another step holds ${path} since ${waitMs / 1000} s; if none runs, remove it.`);
      await sleep(50);
    }
  }
}
