import { finding } from "../finding.ts";
import { judge } from "../judge.ts";
import { off } from "../levels.ts";
import { objectRule } from "../objectRule.ts";

export const severalReplicas = objectRule(
  {
    id: "several-replicas",
    description: "A Deployment has two replicas at least: one alone is gone while its node is.",
    why: "Each drain, crash and move is an outage, as no other pod takes the requests meanwhile.",
    severity: "medium",
    levels: off,
    demands: ["R-11", "R-55"],
    rows: ["E06"],
  },
  ["Deployment", "Rollout"],
  (root, { object }) => {
    const replicas = root.at("spec", "replicas");
    const words = { problem: "is one pod alone", fix: "write 2 or more" };
    if (replicas.absent)
      return object.partial ? [] : [finding(replicas, { ...words, problem: "is not set: one pod alone" })];
    return judge(replicas, () =>
      Number(replicas.text) >= 2 ? [] : [finding(replicas, { ...words, value: replicas.text })],
    );
  },
);
