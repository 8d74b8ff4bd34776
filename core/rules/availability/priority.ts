import { finding, notDecided } from "../finding.ts";
import { off } from "../levels.ts";
import { podRule } from "../pods/podRule.ts";

export const priorityClass = podRule(
  {
    id: "priority-class",
    description: "Every pod names its priority class: who goes first where room is short is then decided beforehand.",
    why: "When nodes are full, a batch job that came first keeps the API waiting.",
    severity: "low",
    levels: off,
    rows: ["E17"],
  },
  ({ spec, partial }) => {
    const field = spec.at("priorityClassName");
    if (field.unknown) return [notDecided(field)];
    return (field.absent || field.text === "") && !partial
      ? [finding(field, { problem: "is not set", fix: "name a PriorityClass" })]
      : [];
  },
);
