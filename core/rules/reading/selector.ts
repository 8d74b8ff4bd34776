import type { Field } from "./field.ts";

/** Whether a label selector means these labels. One that is not known, or empty labels that are not, may or may not. */
export function selects(selector: Field, labels: Field): "yes" | "no" | "unknown" {
  if (selector.unknown || labels.unknown) return "unknown";
  const answers = [
    ...selector
      .at("matchLabels")
      .entries()
      .map((wanted) => {
        const label = wanted.unknown ? wanted : labels.at(wanted.key);
        if (wanted.unknown || label.unknown) return "unknown";
        return label.text === wanted.text && !label.absent ? "yes" : "no";
      }),
    ...selector
      .at("matchExpressions")
      .items()
      .map((expression) => {
        const values = expression.at("values").items();
        const key = expression.at("key");
        if ([expression, key, ...values].some(({ unknown }) => unknown)) return "unknown";
        const label = labels.at(key.text ?? "");
        if (label.unknown) return "unknown";
        const among = values.some(({ text }) => !label.absent && text === label.text);
        const answer = { In: among, NotIn: !among, Exists: !label.absent, DoesNotExist: label.absent };
        return answer[expression.at("operator").text as keyof typeof answer] ? "yes" : "no";
      }),
  ];
  if (answers.includes("no")) return "no";
  return answers.includes("unknown") ? "unknown" : "yes";
}
