import { createPrivateKey, createPublicKey } from "node:crypto";
import { mkdir, open, rename, rm, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { readReleaseRecord, releaseRecordFile, UnusableRecord } from "./recordFolder.ts";
import { type ReleaseRecord, releaseRecord } from "./releaseRecord.ts";
import { isSignedBy, signed } from "./signature.ts";

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

/** Throws {@link UnusableRecord} where {@link changeRecord} would. What is to be written down at its end asks before it begins. */
export function refuseUnchangeable(place: Place): void {
  present(place);
  if (place.key !== undefined) publicOf(place.key);
}

function present({ folder, system, image, digest, key }: Place): ReleaseRecord {
  const record = readReleaseRecord(folder, system, digest);
  if (record?.signature && !key) throw new UnusableRecord("the record is signed, and can only be changed with its key");
  // A signature on what somebody else has changed would make theirs ours.
  if (record?.signature && key !== undefined && !isSignedBy(record, publicOf(key))) {
    throw new UnusableRecord("the record was changed after it was signed, or signed with another key");
  }
  if (record && record.image !== image)
    throw new UnusableRecord(`the record is of ${record.image}, and not of ${image}`);
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
  publicOf(key);
  return signed(record, key);
}

/** The public half of a private key in PEM. */
function publicOf(key: string): string {
  try {
    const half = createPublicKey(createPrivateKey(key));
    if (half.asymmetricKeyType === "ed25519") return half.export({ type: "spki", format: "pem" }) as string;
  } catch {}
  throw new UnusableRecord("the key is no private ed25519 key in PEM: openssl genpkey -algorithm ed25519 makes one");
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
