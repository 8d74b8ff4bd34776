import type { Stage } from "../stage.ts";
import type { ReleaseRecord } from "./releaseRecord.ts";
import { isSignedBy } from "./signature.ts";

/** What somebody needs a record to say. */
export interface Needed {
  readonly image: string;
  readonly digest: string;
  /** Environment in which it must have been found healthy. */
  readonly environment: Stage;
  /** Days for which that holds. */
  readonly maxAgeDays: number;
  /** Public ed25519 key in PEM with which it must be signed. */
  readonly publicKey?: string | undefined;
  readonly now: Date;
}

/** Why a record does not say what is needed, each in a sentence; nothing where it does. */
export function faultsOf(record: ReleaseRecord, needed: Needed): string[] {
  const other = ofAnother(record, needed);
  return other.length > 0 ? other : [...unsigned(record, needed.publicKey), ...unverified(record, needed)];
}

function ofAnother(record: ReleaseRecord, { image, digest }: Needed): string[] {
  if (record.digest !== digest) return [`it is of another digest: ${record.digest}, not ${digest}`];
  return record.image === image ? [] : [`it is of another image: ${record.image}, not ${image}`];
}

function unsigned(record: ReleaseRecord, publicKey: string | undefined): string[] {
  if (publicKey === undefined) return [];
  if (!record.signature) return ["it is not signed, and a signature was asked for"];
  return isSignedBy(record, publicKey) ? [] : ["it was tampered with after it was signed, or signed with another key"];
}

function unverified(record: ReleaseRecord, { environment, maxAgeDays, now }: Needed): string[] {
  const verified = record.verified[environment];
  const failed = record.checks?.[environment];
  if (!verified && failed) {
    const what = failed.found.filter(({ result }) => result === "failed").map(({ check, told }) => `${check}: ${told}`);
    return [`it failed its checks in ${environment} on ${failed.at}: ${what.join("; ")}`];
  }
  if (!verified) {
    const elsewhere = Object.keys(record.verified).join(" and ") || "nowhere";
    return [`it is of another environment: it was verified in ${elsewhere}, and never in ${environment}`];
  }
  const days = (now.getTime() - Date.parse(verified.at)) / 86_400_000;
  if (days < 0) return [`it was verified in ${environment} in the future (${verified.at}): check the clocks`];
  if (days <= maxAgeDays) return [];
  return [`it is stale: verified in ${environment} ${Math.floor(days)} days ago, and ${maxAgeDays} are allowed`];
}
