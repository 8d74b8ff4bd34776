import { scryptSync } from "node:crypto";
import { z } from "zod";

/** Cost of one guess, as scrypt counts it: some 40 ms and 16 MiB on a usual machine. */
const cost = { N: 2 ** 14, r: 8, p: 1, maxmem: 64 * 2 ** 20 };

/** Shorter values could be found from their fingerprint, so none is made: bytes of the value. */
export const leastBytes = 16;

const base64 = z.base64().min(16);

/** Fingerprints of an environment's secrets, for the others to find out that they have the same. */
export const secretRecord = z.strictObject({
  version: z.literal(1),
  system: z.string().min(1).describe("the Pulumi project"),
  environment: z.string().min(1),
  salt: base64.describe("of the whole system, and no secret"),
  fingerprints: z
    .record(z.string(), base64)
    .describe("scrypt of each value (N 16384, r 8, p 1, 32 bytes), by object and key; none of values under 16 bytes"),
});

export type SecretRecord = z.infer<typeof secretRecord>;

/** What can be told in public of a value that nobody can guess. */
export function fingerprint(value: string, salt: string): string {
  return scryptSync(value, Buffer.from(salt, "base64"), 32, cost).toString("base64");
}
