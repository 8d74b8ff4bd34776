import { finding, notDecided } from "../finding.ts";
import { fromStagingOn } from "../levels.ts";
import { titleOf } from "../reading/kubernetesObject.ts";
import { perObject } from "../reading/perObject.ts";
import type { Rule } from "../rule.ts";

const kinds = ["HorizontalPodAutoscaler", "ScaledObject"];

export const scalersUnique: Rule = {
  id: "autoscaler-is-the-only-one",
  description: "One autoscaler only sets the replicas of a workload.",
  why: "Two that scale the same workload undo each other's decisions, up and down without end.",
  severity: "high",
  levels: fromStagingOn,
  rows: ["E12"],
  relation: true,
  check: ({ object, inventory }) => {
    if (!kinds.includes(object.kind)) return [];
    const scalers = kinds.flatMap((kind) => inventory.sharing(object, kind));
    const before = scalers.slice(
      0,
      scalers.findIndex(({ root }) => root === object.root),
    );
    const { target, name } = targetOf(object);
    if (name.absent) return [];
    const twin = before.find((other) => targetOf(other).target !== undefined && targetOf(other).target === target);
    if (target !== undefined && twin) {
      const problem = `is the target of ${titleOf(twin)} too`;
      return [finding(name, { problem, fix: "write one autoscaler with all metrics", value: name.text })];
    }
    const open = target === undefined || before.some((other) => targetOf(other).target === undefined);
    return open && before.length > 0 ? [notDecided(name)] : [];
  },
};

const targetOf = perObject(({ root }) => {
  const reference = root.at("spec", "scaleTargetRef");
  const [kind, name] = [reference.at("kind"), reference.at("name")];
  const known = !kind.unknown && name.text !== undefined;
  return { name, target: known ? `${kind.text ?? "Deployment"} ${name.text}` : undefined };
});
