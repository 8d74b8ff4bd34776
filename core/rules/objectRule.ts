import type { z } from "zod";
import { ruleWith } from "./parameters.ts";
import type { Field } from "./reading/field.ts";
import type { About, Finding, Rule, Subject } from "./rule.ts";

/** A rule about objects of these kinds. */
export function objectRule<Parameters extends z.ZodObject>(
  about: About<Parameters>,
  kinds: readonly string[],
  check: (root: Field, subject: Subject, given: z.infer<Parameters>) => Finding[],
): Rule {
  const rule = ruleWith(about, (subject: Subject, given: z.infer<Parameters>) =>
    kinds.includes(subject.object.kind) ? check(subject.object.root, subject, given) : [],
  );
  return { ...rule, kinds };
}
