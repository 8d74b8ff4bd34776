import { z } from "zod";
import { finding } from "../finding.ts";
import { judge } from "../judge.ts";
import { off } from "../levels.ts";
import { objectRule } from "../objectRule.ts";
import { matches, patterns } from "../parameters.ts";

export const storageClass = objectRule(
  {
    id: "storage-class",
    description: "A volume claim names its storage class: the default one may be another tomorrow.",
    why: "On the next cluster the same claim gets a slower disk, one that is not encrypted, or one that goes with its claim.",
    severity: "low",
    levels: off,
    demands: ["R-23"],
    rows: ["J01"],
    parameters: z.strictObject({ allowed: patterns.default(["*"]).describe("classes, `*` for any text") }),
  },
  ["PersistentVolumeClaim", "StatefulSet"],
  (root, { object: { kind, partial } }, { allowed }) => {
    const claims = kind === "StatefulSet" ? root.at("spec", "volumeClaimTemplates").items() : [root];
    const fix = "name a StorageClass";
    return claims.flatMap((claim) => {
      const field = claim.at("spec", "storageClassName");
      if (field.absent || field.text === "") return partial ? [] : [finding(field, { problem: "is not set", fix })];
      return judge(field, () =>
        matches(field.text, allowed)
          ? []
          : [finding(field, { problem: "is not an allowed class", fix, value: field.text })],
      );
    });
  },
);
