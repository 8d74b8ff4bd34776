import { z } from "zod";
import { stages } from "../stage.ts";

/** What is proven of an image before it may serve. */
export const gates = [
  "tests",
  "e2e",
  "coverage",
  "audit",
  "lint",
  "types",
  "performance",
  "scan",
  "migrations",
  "backup",
  "rollback",
  "monitoring",
] as const;
export type Gate = (typeof gates)[number];

const fact = {
  at: z.iso.datetime().describe("when, in universal time"),
  run: z.string().min(1).optional().describe("where to read more: the address of the CI run"),
};
const text = z.string().trim().min(1);
const byName = z.string().regex(/^[a-z][a-z0-9-]*$/);

const result = z.enum(["passed", "failed"]);

const proof = z.strictObject({
  result,
  measured: z
    .number()
    .min(0)
    .optional()
    .describe("coverage in percent; of a scan or audit, how much that is critical it found; of a rollback, seconds"),
  ...fact,
});

/** What is known of one image, by its digest: written step by step by CI, read before production is touched. */
export const releaseRecord = z.strictObject({
  version: z.literal(1),
  system: byName.describe("the Pulumi project"),
  image: text.describe("where the image is kept, without tag and digest"),
  digest: z.string().regex(/^sha256:[0-9a-f]{64}$/),
  thirdParty: z.boolean().default(false).describe("made by others: it is scanned, and nothing else is asked of it"),
  commit: z
    .string()
    .regex(/^[0-9a-f]{7,64}$/)
    .optional(),
  author: text.optional().describe("who made the change"),
  changeDocument: text.optional().describe("what changes and why: a file in the repository, or an address"),
  rollbackPlan: text.optional().describe("how to go back: a file in the repository, or an address"),
  gates: z.partialRecord(z.enum(gates), proof).default({}),
  verified: z
    .partialRecord(
      z.enum(stages),
      z.strictObject({
        ...fact,
        flags: z.record(z.string(), z.boolean()).optional().describe("feature flags with which it ran there"),
      }),
    )
    .default({})
    .describe("environments in which it ran and was found healthy"),
  checks: z
    .partialRecord(
      z.enum(stages),
      z.strictObject({ ...fact, result, found: z.array(z.strictObject({ check: text, result, told: text })) }),
    )
    .optional()
    .describe("by environment, what `palier verify` found there last; a failed one takes the verification away"),
  approvals: z.array(z.strictObject({ by: text, ...fact })).default([]),
  released: z
    .array(z.strictObject({ environment: z.enum(["staging", "production"]), ...fact }))
    .default([])
    .describe("when it went where"),
  signature: z
    .strictObject({ algorithm: z.literal("ed25519"), value: z.base64() })
    .optional()
    .describe("over the record without this field, its keys sorted, as JSON without spaces"),
});

export type ReleaseRecord = z.infer<typeof releaseRecord>;
