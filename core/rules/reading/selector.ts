import type { Field } from "./field.ts";

type Answer = "yes" | "no" | "unknown";

/** Whether a label selector means these labels. One that is not known, or empty labels that are not, may or may not. */
export function selects(selector: Field, labels: Field): Answer {
  if (selector.unknown || labels.unknown) return "unknown";
  const given = labelsIn(labels);
  // The first difference ends it, as most pairs do not fit.
  const wanted = labelsIn(selector.at("matchLabels"));
  if (wanted.some((one) => isLabel(one, given) === "no")) return "no";
  const expressions = selector.at("matchExpressions").items();
  const answers = [
    ...wanted.map((one) => isLabel(one, given)),
    ...expressions.map((expression) => isMet(expression, labels)),
  ];
  if (answers.includes("no")) return "no";
  return answers.includes("unknown") ? "unknown" : "yes";
}

function isLabel(wanted: Field, labels: readonly Field[]): Answer {
  const label = labels.find(({ key }) => key === wanted.key);
  if (wanted.unknown || label?.unknown) return "unknown";
  return label && label.text === wanted.text && !label.absent ? "yes" : "no";
}

function isMet(expression: Field, labels: Field): Answer {
  const values = expression.at("values").items();
  const key = expression.at("key");
  if ([expression, key, ...values].some(({ unknown }) => unknown)) return "unknown";
  const label = labels.at(key.text ?? "");
  if (label.unknown) return "unknown";
  const among = values.some(({ text }) => !label.absent && text === label.text);
  const answer = { In: among, NotIn: !among, Exists: !label.absent, DoesNotExist: label.absent };
  return answer[expression.at("operator").text as keyof typeof answer] ? "yes" : "no";
}

const read = new WeakMap<object, readonly Field[]>();

/** The entries of a map, kept: each selector of a stack is held against the labels of each of its pods. */
function labelsIn(map: Field): readonly Field[] {
  const { raw } = map;
  if (typeof raw !== "object" || raw === null) return map.entries();
  const entries = read.get(raw) ?? map.entries();
  read.set(raw, entries);
  return entries;
}
