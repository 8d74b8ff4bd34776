import { z } from "zod";
import { finding, notDecided } from "../finding.ts";
import { off } from "../levels.ts";
import { objectRule } from "../objectRule.ts";
import { podSpec } from "../reading/containers.ts";

export const spread = objectRule(
  {
    id: "replicas-are-spread",
    description:
      "Several replicas are kept apart, by topology spread or anti-affinity: one node's end is not all of theirs.",
    why: "The scheduler may put all replicas on one node, and then they are worth one.",
    severity: "low",
    levels: off,
    demands: ["R-11"],
    rows: ["E14"],
    parameters: z.strictObject({
      keys: z.array(z.string()).default([]).describe("topology keys of which each must be spread over; any when empty"),
    }),
  },
  ["Deployment", "StatefulSet", "ReplicaSet", "Rollout"],
  (root, { object }, { keys }) => {
    const spec = podSpec(object);
    const several = Number(root.at("spec", "replicas").text ?? 1) > 1;
    if (!several || !spec || object.partial) return [];
    const apart = [spec.at("topologySpreadConstraints"), spec.at("affinity", "podAntiAffinity")];
    const over = apart[0]!.items().map((constraint) => constraint.at("topologyKey"));
    const left = keys.filter((key) => !over.some((field) => field.text === key));
    const open = [...apart, ...over].find((field) => field.open || (left.length > 0 && field.unknown));
    if (open) return [notDecided(open)];
    if (apart.some((field) => !field.absent) && left.length === 0) return [];
    if (left.length > 0)
      return [finding(apart[0]!, { problem: `does not name ${left.join(", ")}`, fix: "spread over it" })];
    return [
      finding(apart[0]!, {
        problem: "is not set, and neither is podAntiAffinity",
        fix: "spread over kubernetes.io/hostname",
      }),
    ];
  },
);
