import { stringify } from "yaml";
import { sentence } from "../../core/rules/evaluate.ts";
import { Field } from "../../core/rules/reading/field.ts";
import { kubernetesObjects, titleOf } from "../../core/rules/reading/kubernetesObject.ts";
import type { Rule } from "../../core/rules/rule.ts";
import { type Example, type Examples, judged, notKnownYet } from "./example.ts";
import { keysIn } from "./fieldPath.ts";

/** What the catalogue shows of a rule beside what the rule says of itself. */
export interface Shown {
  /** What becomes of a value that is not known at preview. */
  readonly unknown: string;
  /** Its examples, as lines of Markdown. */
  readonly example: readonly string[];
}

/** The examples of a rule, with what it says of the refused one. */
export function shownExample(rule: Rule, examples: Examples): Shown {
  const { refused, passed } = examples;
  const sides = [refused, passed].map(({ manifests, ...given }) => ({ documents: manifests, ...given }));
  return { unknown: unknowns(rule, examples), example: folded(sides[0]!, said(rule, refused), sides[1]!) };
}

interface Side {
  readonly documents: readonly unknown[];
  readonly set?: object;
  readonly around?: object;
}

/** What is refused, what is said of it, and what is let pass. */
export function folded(refused: Side, said: readonly string[], passed: Side): string[] {
  return [
    "<details>",
    "<summary>Example</summary>",
    "",
    ...shown("Refused", refused),
    ...said.flatMap((line) => [`> ${line.replace(/[*<]/g, "\\$&")}`, ""]),
    ...shown("Let pass", passed),
    "</details>",
  ];
}

function shown(title: string, { documents, set, around }: Side): string[] {
  const text = documents.map((one) => stringify(one, { lineWidth: 110 })).join("---\n");
  const yaml = text.trimEnd().replace(/sha256:([0-9a-f]{4})[0-9a-f]{60}/g, "sha256:$1…");
  const known = Object.entries(around ?? {}).filter(([, value]) => JSON.stringify(value) !== "{}");
  const where = known.map(([name, value]) => `, where ${name} is \`${JSON.stringify(value)}\``).join("");
  const given = (set ? `, with \`${JSON.stringify(set)}\` set` : "") + where;
  return [`${title}${given}:`, "", "```yaml", yaml, "```", ""];
}

function said(rule: Rule, example: Example): string[] {
  const [subject] = example.manifests;
  const [object] = kubernetesObjects(subject.kind, new Field(subject)).map(titleOf);
  return judged(rule, example).map((finding) => sentence({ ...finding, rule: rule.id, object: object ?? "" }));
}

function unknowns(rule: Rule, { refused }: Examples): string {
  if (rule.relation) return "listed by `decided-at-up`, when the whole stack is known";
  const [found] = judged(rule, refused);
  const [open] = found ? judged(rule, notKnownYet(refused, keysIn(found.field))) : [];
  if (open?.level === "undecided") return "listed by `decided-at-up`, and judged before the object is created";
  return open ? "refused all the same, as it is enough that it is there" : "let pass, as it is enough that it is there";
}
