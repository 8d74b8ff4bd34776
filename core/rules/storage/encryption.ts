import { z } from "zod";
import { finding } from "../finding.ts";
import { judge } from "../judge.ts";
import { off } from "../levels.ts";
import { matches, patterns, ruleWith } from "../parameters.ts";
import type { Field } from "../reading/field.ts";
import type { KubernetesObject } from "../reading/kubernetesObject.ts";
import type { Finding } from "../rule.ts";
import { storageClasses } from "./claims.ts";

export const encryptionAtRest = ruleWith(
  {
    id: "encryption-at-rest",
    description: "Volumes are of a storage class that encrypts them.",
    why: "A disk that is thrown away, stolen or snapshotted otherwise tells everything to whoever holds it.",
    severity: "high",
    levels: off,
    demands: ["R-23"],
    rows: ["J02"],
    parameters: z.strictObject({
      encrypted: patterns.default([]).describe("storage classes that are known to encrypt, `*` for any text"),
    }),
  },
  ({ object, inventory }, { encrypted }) => {
    if (object.kind === "StorageClass") return ofClass(object.root);
    const made = inventory.sharing({ ...object, namespace: undefined }, "StorageClass");
    const fix = "name a class that encrypts, and list it under `encrypted` where it is made elsewhere";
    return storageClasses(object).flatMap((field) => {
      if (field.absent || field.text === "")
        return object.partial
          ? []
          : [finding(field, { problem: "is not set: the default class may encrypt or not", fix })];
      return judge(field, ({ text }) => {
        const own = made.find(({ name }) => name === text);
        if (matches(text, encrypted) || (own && encrypts(own))) return [];
        return [finding(field, { problem: "is not known to encrypt", fix, value: text })];
      });
    });
  },
);

function ofClass(root: Field): Finding[] {
  return switches(root).flatMap((field) =>
    judge(field, ({ text }) =>
      text?.toLowerCase() === "true"
        ? []
        : [finding(field, { problem: "leaves volumes in clear", fix: 'write "true"', value: text })],
    ),
  );
}

/** Keys of the drivers of AWS, Ceph, Longhorn, Scaleway and others: `encrypted`, `csi.example.org/encrypted`. */
const switches = (root: Field) =>
  root
    .at("parameters")
    .entries()
    .filter(({ key }) => /(^|\/)(encrypted|encryption|luksEncrypted)$/i.test(key));

/** Keys that name what it is encrypted with say that it is. */
const withKey = /(kms-?key|kmsKeyId|disk-encryption-kms-key|diskEncryptionSetID|encryptionKMSID|encryption-key)/i;

function encrypts({ root }: KubernetesObject): boolean {
  const keyed = root
    .at("parameters")
    .entries()
    .some(({ key, text }) => withKey.test(key) && text !== "");
  const switched = switches(root);
  const on = switched.length > 0 && switched.every(({ text }) => text?.toLowerCase() === "true");
  return on || (keyed && switched.length === 0);
}
