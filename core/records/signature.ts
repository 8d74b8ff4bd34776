import { createPrivateKey, createPublicKey, sign, verify } from "node:crypto";
import type { ReleaseRecord } from "./releaseRecord.ts";

/** The record with a signature of its own, by an ed25519 key in PEM. Throws where the text is no such key. */
export function signed(record: ReleaseRecord, privateKey: string): ReleaseRecord {
  const key = createPrivateKey(privateKey);
  return { ...record, signature: { algorithm: "ed25519", value: sign(null, content(record), key).toString("base64") } };
}

/** Whether the holder of the private key to this public one has signed the record as it is. */
export function isSignedBy(record: ReleaseRecord, publicKey: string): boolean {
  if (!record.signature) return false;
  return verify(null, content(record), createPublicKey(publicKey), Buffer.from(record.signature.value, "base64"));
}

function content({ signature: _, ...record }: ReleaseRecord): Buffer {
  return Buffer.from(JSON.stringify(sorted(record)));
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).filter(([, item]) => item !== undefined);
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, item]) => [key, sorted(item)]));
}
