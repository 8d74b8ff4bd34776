import { stringify } from "yaml";
import { sentence } from "../../core/rules/evaluate.ts";
import { Field } from "../../core/rules/reading/field.ts";
import { kubernetesObjects, titleOf } from "../../core/rules/reading/kubernetesObject.ts";
import type { Rule } from "../../core/rules/rule.ts";
import { type Example, type Examples, judged, notKnownYet } from "./example.ts";

/** The examples of a rule as lines of Markdown, folded, with what the rule says of the refused one. */
export function shownExamples(rule: Rule, { refused, passed }: Examples): string[] {
  return [
    "<details>",
    "<summary>Example</summary>",
    "",
    ...shown("Refused", refused),
    ...said(rule, refused).flatMap((line) => [`> ${line.replace(/[*<]/g, "\\$&")}`, ""]),
    ...shown("Let pass", passed),
    "</details>",
  ];
}

function shown(title: string, { manifests, set }: Example): string[] {
  const documents = manifests.map((one) => stringify(one, { lineWidth: 110 })).join("---\n");
  const yaml = documents.trimEnd().replace(/sha256:([0-9a-f]{4})[0-9a-f]{60}/g, "sha256:$1…");
  const given = set ? `, with \`${JSON.stringify(set)}\` set` : "";
  return [`${title}${given}:`, "", "```yaml", yaml, "```", ""];
}

function said(rule: Rule, example: Example): string[] {
  const [subject] = example.manifests;
  const [object] = kubernetesObjects(subject.kind, new Field(subject)).map(titleOf);
  return judged(rule, example).map((finding) => sentence({ ...finding, rule: rule.id, object: object ?? "" }));
}

/** What becomes of the refused example while its deciding value is not known. */
export function unknowns(rule: Rule, { refused }: Examples): string {
  if (rule.relation) return "makes it *not decided*; judged when the whole stack is known";
  const [found] = judged(rule, refused);
  const [open] = found ? judged(rule, notKnownYet(refused, found.field)) : [];
  if (open?.level === "undecided") return "listed by `decided-at-up`, and judged before the object is created";
  return open ? "refused all the same, as it is enough that it is there" : "let pass, as it is enough that it is there";
}
