import { createPublicKey } from "node:crypto";
import { z } from "zod";
import { isSignedBy } from "../../records/signature.ts";
import { finding } from "../finding.ts";
import { matches, patterns, ruleWith } from "../parameters.ts";
import { Field } from "../reading/field.ts";
import type { Finding } from "../rule.ts";
import { inProduction } from "./levels.ts";
import type { Release, ReleasedImage } from "./release.ts";

/** Images that others make, by the keys under which a configuration usually names them. */
export const madeByOthers: readonly string[] = ["postgres", "redis", "node"];

const isKey = (text: string) => {
  try {
    return createPublicKey(text).asymmetricKeyType === "ed25519";
  } catch {
    return false;
  }
};

export const released = ruleWith(
  {
    id: "release-is-recorded",
    description: "Every image that goes to production has a release record of its digest, whole and genuine.",
    why: "What nobody wrote down, nobody tested, approved or can take back.",
    severity: "critical",
    levels: inProduction,
    demands: ["R-01", "R-36"],
    rows: ["K01"],
    parameters: z.strictObject({
      thirdParty: patterns
        .default([...madeByOthers])
        .describe("images made by others, by their key in the configuration: no record is asked for"),
      publicKey: z
        .string()
        .refine(isKey, "no public ed25519 key in PEM")
        .optional()
        .describe(
          "records must be signed with its private key; without it whoever can write the folder can write anything",
        ),
    }),
  },
  ({ images, system, records }: Release, { thirdParty, publicKey }) => {
    const own = images.filter(({ name }) => !matches(name, thirdParty));
    if (own.length === 0) {
      const problem = "names no image of this system, so nothing is known of what goes to production";
      return [finding(imagesField(system), { problem, fix: `set ${system}:images.<name> to a reference with digest` })];
    }
    if (records === undefined) {
      const problem = "is not set, so nothing is on record";
      const fix = "set it to the folder that CI writes release records to (pulumi config set palier:records)";
      return [finding(new Field(undefined, "palier:records"), { problem, fix })];
    }
    return own.flatMap((image) => unproven(image, system, publicKey));
  },
);

function unproven({ name, reference, record, problem }: ReleasedImage, system: string, publicKey?: string): Finding[] {
  const field = imagesField(system).at(name);
  if (problem)
    return [finding(field, { problem: `has a record that can't be used: ${problem}`, fix: "let CI write it anew" })];
  if (!record) {
    const fix = "let CI write one with palier record add, or take a digest that has one";
    return [finding(field, { problem: "has no release record", fix, value: reference })];
  }
  if (publicKey === undefined || isSignedBy(record, publicKey)) return [];
  const told = record.signature ? "was changed after it was signed, or signed with another key" : "is not signed";
  const fix = "let CI write it with palier record add --sign";
  return [finding(field.at("signature"), { problem: `the record of ${record.digest} ${told}`, fix })];
}

/** Where the configuration names the images. */
export function imagesField(system: string): Field {
  return new Field({}, `${system}:images`);
}
