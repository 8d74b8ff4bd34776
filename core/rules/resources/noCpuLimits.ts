import { finding } from "../finding.ts";
import { off } from "../levels.ts";
import { containerRule } from "../pods/podRule.ts";

/** The other school than `cpu-limits`. */
export const noCpuLimits = containerRule(
  {
    id: "no-cpu-limits",
    description: "No container has a CPU limit: it throttles even where processors idle.",
    why: "Answers take longer although the node has processors to spare, and only the throttling counters say why.",
    severity: "low",
    levels: off,
    rows: ["D05"],
  },
  ({ field, name }) => {
    const limit = field.at("resources", "limits", "cpu");
    return limit.absent ? [] : [finding(limit, { problem: "throttles", fix: "leave it out", value: limit.text }, name)];
  },
);
