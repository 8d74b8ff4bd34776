import { z } from "zod";
import { finding, notDecided } from "../finding.ts";
import { off } from "../levels.ts";
import { matches, patterns, ruleWith } from "../parameters.ts";
import type { Subject } from "../rule.ts";
import { images } from "./imageFields.ts";

export const configuredImages = ruleWith(
  {
    id: "only-configured-images",
    description:
      "Production runs no image but those that its configuration names, whose records say what is known of them.",
    why: "An image that the program names by itself has passed staging, gates and approval by.",
    severity: "high",
    levels: { ...off, production: "mandatory" },
    demands: ["R-01", "R-16"],
    rows: ["K01"],
    parameters: z.strictObject({
      others: patterns.default([]).describe("references that may run beside them; `*` stands for any text"),
    }),
  },
  (subject: Subject, { others }) => {
    const named = Object.values(subject.images ?? {});
    if (named.length === 0) return [];
    return images(subject).flatMap(({ field, container }) => {
      if (field.unknown) return [notDecided(field, container)];
      const text = field.text ?? "";
      if (named.includes(text) || matches(text, others)) return [];
      const fix = "name it under <project>:images, and let CI write its record";
      return [finding(field, { problem: "is not an image of the configuration", fix, value: text }, container)];
    });
  },
);
