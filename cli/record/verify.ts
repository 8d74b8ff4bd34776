import { createPublicKey } from "node:crypto";
import { readReleaseRecord, UnusableRecord } from "../../core/records/recordFolder.ts";
import type { ReleaseRecord } from "../../core/records/releaseRecord.ts";
import { faultsOf } from "../../core/records/soundRecord.ts";
import type { Stage } from "../../core/stage.ts";
import { meaningOf } from "../meaning.ts";
import { readOptions } from "../options.ts";
import { UsageError } from "../usage.ts";
import { imageOf, keyIn, placeHelp, placeOf, placeOptions } from "./place.ts";

const usage = `palier record verify [options] IMAGE

Says whether the release record of an image can be relied on: there, whole, of this digest, signed, verified, and not too long ago.
  IMAGE                     its reference, with digest
  --in NAME                 environment in which it must have been found healthy (default: staging)
  --max-age-days DAYS       for how long that holds, 1–365 (default: 30)
  --public-key FILE         public ed25519 key in PEM: it must be signed with its private key
${placeHelp}
  --project FOLDER          whose Pulumi.yaml or stack file says what names of its own mean (default: ., where it has one)

Without --public-key the record is worth what the rights on its folder are worth: whoever can write there can write anything.
Exit code: 0 it can, 1 it can't, and why, 2 what was given can't be used.`;

const text = { type: "string" } as const;
const options = {
  ...placeOptions,
  in: { ...text, default: "staging" },
  "max-age-days": { ...text, default: "30" },
  "public-key": text,
  project: text,
} as const;

/** `palier record verify`. Resolves to the exit code. */
export async function verifyRecord(argv: string[], now = new Date()): Promise<number> {
  const { values, positionals } = readOptions("record verify", argv, options);
  if (values.help) {
    console.log(usage);
    return 0;
  }
  const { image, digest } = imageOf(positionals);
  const place = placeOf(values);
  const environment = environmentOf(values.in, values.project);
  const maxAgeDays = daysOf(values["max-age-days"]);
  const publicKey = values["public-key"] === undefined ? undefined : await publicKeyIn(values["public-key"]);
  const record = read(place, digest);
  const faults =
    typeof record === "string"
      ? [record]
      : faultsOf(record, { image, digest, environment, maxAgeDays, publicKey, now });
  for (const fault of faults) console.error(`palier: the record of ${image}@${digest} can't be relied on: ${fault}.`);
  if (typeof record !== "string" && faults.length === 0) console.log(good(record, environment, publicKey));
  return faults.length === 0 ? 0 : 1;
}

function read({ folder, system }: { folder: string; system: string }, digest: string): ReleaseRecord | string {
  try {
    return readReleaseRecord(folder, system, digest) ?? `it is missing: there is none of ${system} in ${folder}`;
  } catch (error) {
    if (error instanceof UnusableRecord) return error.message;
    throw error;
  }
}

function good({ signature, verified }: ReleaseRecord, environment: Stage, publicKey: string | undefined): string {
  const word = `verified in ${environment} at ${verified[environment]!.at}`;
  if (publicKey !== undefined) return `${word}; signed with that key`;
  const worth = "whoever can write to the folder can write anything";
  return signature
    ? `${word}; signed, and not checked by whom: --public-key does`
    : `${word}; unsigned, so worth little: ${worth}`;
}

function environmentOf(name: string, project: string | undefined): Stage {
  const stage = meaningOf(name, project);
  if (stage) return stage;
  throw new UsageError(`--in "${name}". Allowed: dev, review, staging, production, and other names of them.`);
}

function daysOf(given: string): number {
  const days = Number(given);
  if (Number.isInteger(days) && days >= 1 && days <= 365) return days;
  throw new UsageError(`--max-age-days "${given}". Allowed: whole days from 1 to 365.`);
}

async function publicKeyIn(file: string): Promise<string> {
  const key = await keyIn("--public-key", file);
  try {
    if (createPublicKey(key).asymmetricKeyType === "ed25519") return key;
  } catch {}
  throw new UsageError(`--public-key "${file}" is no ed25519 key in PEM: openssl pkey -in key.pem -pubout prints it.`);
}
