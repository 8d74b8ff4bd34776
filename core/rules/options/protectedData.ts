import { finding } from "../finding.ts";
import { off } from "../levels.ts";
import { objectRule } from "../objectRule.ts";
import { Field } from "../reading/field.ts";

export const protectedData = objectRule(
  {
    id: "data-is-protected",
    description:
      "A volume claim of staging and production is protected: no update and no destroy removes it in passing.",
    why: "A renamed resource is a deleted one, and a deleted claim takes its data with it.",
    severity: "high",
    levels: { ...off, staging: "advisory", production: "mandatory" },
    rows: ["J05"],
  },
  ["PersistentVolumeClaim"],
  (_, { protect, object }) => {
    // Unknown outside a run of Pulumi.
    if (protect !== false || object.partial) return [];
    const field = new Field(undefined, "protect");
    return [finding(field, { problem: "is not set", fix: "give the resource the option protect: true" })];
  },
);
