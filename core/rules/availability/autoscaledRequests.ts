import { finding, notDecided } from "../finding.ts";
import { fromStagingOn } from "../levels.ts";
import { ruleWith } from "../parameters.ts";
import { podOf } from "../pods/podRule.ts";
import type { Field } from "../reading/field.ts";
import { titleOf } from "../reading/kubernetesObject.ts";
import type { Finding } from "../rule.ts";

export const autoscaledRequests = ruleWith(
  {
    id: "autoscaled-pods-have-requests",
    description: "A workload that is scaled by its use of a resource requests that resource.",
    why: "The use is a share of what is requested: without a request the autoscaler never moves.",
    severity: "high",
    levels: fromStagingOn,
  },
  ({ object, inventory }) => {
    if (object.kind !== "HorizontalPodAutoscaler") return [];
    // Its defaults are requests too.
    if (inventory.sharing(object, "LimitRange").length > 0) return [];
    const target = object.root.at("spec", "scaleTargetRef");
    if (target.unknown) return [notDecided(target)];
    const workload = inventory
      .sharing(object, target.at("kind").text ?? "")
      .find((one) => one.name !== undefined && one.name === target.at("name").text);
    const pod = workload && podOf({ object: workload });
    if (!workload || !pod || pod.partial) return [];
    const serving = pod.containers.filter(({ field }) => /(^|\.)containers\[\d+\]$/.test(field.path));
    return measured(object.root).flatMap(({ metric, resource, container }): Finding[] => {
      if (resource === undefined) return [notDecided(metric)];
      const without = serving
        .filter(({ name }) => container === undefined || container === name)
        .find(({ field }) => ["requests", "limits"].every((kind) => field.at("resources", kind, resource).absent));
      const problem = `measures ${resource}, of which ${titleOf(workload)} requests none in container "${without?.name}"`;
      return without ? [finding(metric, { problem, fix: `write resources.requests.${resource} there` })] : [];
    });
  },
);

/** The resources whose use is measured as a share of what is requested. */
function measured(root: Field): { metric: Field; resource?: string; container?: string }[] {
  const old = root.at("spec", "targetCPUUtilizationPercentage");
  const metrics = root
    .at("spec", "metrics")
    .items()
    .flatMap((metric) => {
      if (metric.unknown) return [{ metric }];
      const one = ["resource", "containerResource"].map((key) => metric.at(key)).find(({ absent }) => !absent);
      if (!one || (one.at("target", "averageUtilization").absent && !one.unknown)) return [];
      return [{ metric: one, resource: one.at("name").title, container: one.at("container").title }];
    });
  return [...(old.absent ? [] : [{ metric: old, resource: old.open ? undefined : "cpu" }]), ...metrics];
}
