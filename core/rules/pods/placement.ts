import { z } from "zod";
import { finding } from "../finding.ts";
import { judge, refuseAbsent } from "../judge.ts";
import { off } from "../levels.ts";
import { matches, patterns } from "../parameters.ts";
import type { Field } from "../reading/field.ts";
import type { Finding } from "../rule.ts";
import { podRule } from "./podRule.ts";

const controlPlane = /^node-role\.kubernetes\.io\/(control-plane|master)$/;

/** The other school than `node-affinity-stated`. */
export const noNodeChoice = podRule(
  {
    id: "no-node-choice",
    description: "No pod chooses its node, or goes where the control plane runs.",
    why: "When that node is gone the pod runs nowhere, and one beside the control plane can take the cluster down.",
    severity: "low",
    levels: off,
    rows: ["B18"],
    parameters: z.strictObject({
      runtimeClasses: patterns.default(["*"]).describe("runtime classes that may be named, `*` for any text"),
    }),
  },
  ({ spec }, { runtimeClasses }) => {
    const chosen = [spec.at("nodeSelector"), spec.at("nodeName"), spec.at("affinity", "nodeAffinity")];
    const tolerated = spec
      .at("tolerations")
      .items()
      .flatMap((toleration) =>
        judge(toleration.at("key"), (key) => (controlPlane.test(key.text ?? "") ? [chooses(key)] : [])),
      );
    const runtime = judge(spec.at("runtimeClassName"), (field) =>
      matches(field.text, runtimeClasses) ? [] : [chooses(field)],
    );
    return [...chosen.filter(({ absent }) => !absent).map(chooses), ...tolerated, ...runtime];
  },
);

function chooses(field: Field): Finding {
  return finding(field, { problem: "chooses the node", fix: "leave it out", value: field.text });
}

export const nodeAffinityStated = podRule(
  {
    id: "node-affinity-stated",
    description: "Every pod says on which nodes it may run.",
    why: "A pod may land on a node without the disk, the processor or the zone that it counts on.",
    severity: "low",
    levels: off,
    rows: ["E21"],
  },
  ({ spec, partial }) => {
    const field = spec.at("affinity", "nodeAffinity");
    return partial ? [] : refuseAbsent(field, { problem: "is not set", fix: "name the nodes' labels" });
  },
);
