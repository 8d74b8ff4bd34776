import { z } from "zod";
import { finding } from "../finding.ts";
import { judge } from "../judge.ts";
import { off } from "../levels.ts";
import { matches, patterns, ruleWith } from "../parameters.ts";
import { storageClasses } from "./claims.ts";

export const storageClass = ruleWith(
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
  ({ object }, { allowed }) => {
    const fix = "name a StorageClass";
    return storageClasses(object).flatMap((field) => {
      if (field.absent || field.text === "")
        return object.partial ? [] : [finding(field, { problem: "is not set", fix })];
      return judge(field, () =>
        matches(field.text, allowed)
          ? []
          : [finding(field, { problem: "is not an allowed class", fix, value: field.text })],
      );
    });
  },
);
