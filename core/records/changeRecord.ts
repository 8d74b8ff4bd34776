import { mkdir, open, rename, rm, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { readReleaseRecord, releaseRecordFile, UnusableRecord } from "./recordFolder.ts";
import { type ReleaseRecord, releaseRecord } from "./releaseRecord.ts";
import { signed } from "./signature.ts";

interface Place {
  readonly folder: string;
  readonly system: string;
  readonly image: string;
  readonly digest: string;
  /** Private key in PEM. */
  readonly key?: string;
}

/**
 * Changes the record of an image, or begins it, alone: CI steps run side by side. Resolves to its file. Throws
 * {@link UnusableRecord}, and leaves the record as it is.
 */
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
  const record = readReleaseRecord(folder, system, digest);
  if (record?.signature && !key) throw new UnusableRecord("the record is signed, and can only be changed with its key");
  return record ?? releaseRecord.parse({ version: 1, system, image, digest });
}

function checked(record: ReleaseRecord): ReleaseRecord {
  const read = releaseRecord.safeParse(record);
  if (read.success) return read.data;
  const [issue] = read.error.issues;
  throw new UnusableRecord(`${issue!.path.join(".")}: ${issue!.message}`);
}

function sealed(record: ReleaseRecord, key: string | undefined): ReleaseRecord {
  if (key === undefined) return record;
  try {
    return signed(record, key);
  } catch {
    throw new UnusableRecord("the key is no private ed25519 key in PEM: openssl genpkey -algorithm ed25519 makes one");
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
        throw new UnusableRecord(`another step holds ${path} since ${waitMs / 1000} s; if none runs, remove it`);
      await sleep(50);
    }
  }
}
