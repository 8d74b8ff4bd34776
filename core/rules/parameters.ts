import { z } from "zod";
import type { About, Finding, Rule, Subject } from "./rule.ts";

/** A rule whose check is handed what was set of it, or else its defaults. */
export function ruleWith<Parameters extends z.ZodObject, Judged = Subject>(
  about: About<Parameters>,
  check: (subject: Judged, given: z.infer<Parameters>) => Finding[],
): Rule<Judged> {
  const defaults = about.parameters?.parse({}) ?? {};
  return { ...about, check: (subject, given = defaults) => check(subject, given as z.infer<Parameters>) };
}

/** Numbers from one to another, both included. */
export const ranges = z.array(z.strictObject({ min: z.int().min(0), max: z.int().min(0) }));

export function within(text: string | undefined, allowed: z.infer<typeof ranges>): boolean {
  const number = Number(text);
  return text !== undefined && allowed.some(({ min, max }) => number >= min && number <= max);
}

/** Texts in which `*` stands for anything. */
export const patterns = z.array(z.string().min(1));

export function matches(text: string | undefined, wanted: z.infer<typeof patterns>): boolean {
  return wanted.some((pattern) => {
    const parts = pattern.split("*").map((part) => part.replace(/[.+?^${}()|[\]\\]/g, "\\$&"));
    return new RegExp(`^${parts.join(".*")}$`, "s").test(text ?? "");
  });
}
