import { z } from "zod";
import { finding } from "../finding.ts";
import { judge } from "../judge.ts";
import { advisedInProduction } from "../levels.ts";
import { objectRule } from "../objectRule.ts";
import type { Field } from "../reading/field.ts";
import type { Finding } from "../rule.ts";

const dayInMilliseconds = 86_400_000;

/** Renewed by whoever made them. */
const others = /^(kubernetes\.io\/(tls|service-account-token)|bootstrap\.kubernetes\.io\/token|helm\.sh\/release\.v1)$/;

export const secretAge = objectRule(
  {
    id: "secret-age",
    description: "A Secret that says when it was rotated was so lately.",
    why: "A key that leaked years ago, unnoticed, opens everything until somebody changes it.",
    severity: "medium",
    levels: advisedInProduction,
    demands: ["R-35", "R-39"],
    parameters: z.strictObject({
      days: z.int().min(1).default(90).describe("most days since"),
      required: z.boolean().default(false).describe("whether each Secret must say it"),
      annotation: z.string().min(1).default("rotated-at").describe("its annotation, under any prefix"),
    }),
  },
  ["Secret"],
  (root, { object: { partial }, now = new Date() }, { days, required, annotation }) => {
    const annotations = root.at("metadata", "annotations");
    if (others.test(root.at("type").text ?? "")) return [];
    const stated = annotations.entries().filter(({ key, unknown }) => {
      return key.split("/").at(-1) === annotation || (unknown && key === "annotations");
    });
    const fix = `write the day of its last change: ${annotation}: 2026-01-31`;
    if (stated.length === 0 && required && !partial)
      return [finding(annotations.at(annotation), { problem: "is not set", fix })];
    return stated.flatMap((field) => judge(field, () => aged(field, now, days, fix)));
  },
);

function aged(field: Field, now: Date, days: number, fix: string): Finding[] {
  const text = field.text ?? "";
  const at = /^\d{4}-\d\d-\d\d([T ].*)?$/.test(text.trim()) ? Date.parse(text.trim()) : Number.NaN;
  if (Number.isNaN(at)) return [finding(field, { problem: "is no day", fix, value: text })];
  const age = Math.floor((now.getTime() - at) / dayInMilliseconds);
  if (age < -1) return [finding(field, { problem: "is yet to come", fix, value: text })];
  const problem = `is ${age} days ago, more than ${days}`;
  return age > days ? [finding(field, { problem, fix: "rotate the secret, and write the day", value: text })] : [];
}
