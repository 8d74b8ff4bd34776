import { podOf } from "../../core/rules/pods/podRule.ts";
import type { Field } from "../../core/rules/reading/field.ts";
import type { Inventory } from "../../core/rules/reading/inventory.ts";
import type { KubernetesObject } from "../../core/rules/reading/kubernetesObject.ts";
import { replicaCount } from "../../core/rules/relations/replicaCount.ts";

/** How much of everything a workload is declared to take, each by what people call it. */
export function sizesOf(object: KubernetesObject, inventory: Inventory): Readonly<Record<string, string>> {
  const resources = (...path: string[]) => perContainer(object, ["resources", ...path]);
  return {
    Pods: pods(object, inventory),
    "CPU requested": resources("requests", "cpu"),
    "Memory requested": resources("requests", "memory"),
    "CPU limit": resources("limits", "cpu"),
    "Memory limit": resources("limits", "memory"),
    Storage: storage(object),
  };
}

function pods(object: KubernetesObject, inventory: Inventory): string {
  if (object.kind === "CronJob") return `at ${object.root.at("spec", "schedule").text}`;
  if (object.kind === "DaemonSet") return "one on each node";
  if (object.kind === "Job") return "once a release";
  const { least, most } = replicaCount(object, inventory);
  return least === most ? `${most ?? 1}` : `${least}–${most}`;
}

/** One container's amount, or each one's with its name. */
function perContainer(object: KubernetesObject, path: readonly string[]): string {
  const containers = podOf({ object })?.spec.at("containers").items() ?? [];
  const text = (field: Field) => field.at(...path).text ?? "none";
  if (containers.length === 1) return text(containers[0]!);
  return containers.map((field) => `${field.at("name").text} ${text(field)}`).join(", ") || "none";
}

function storage({ root }: KubernetesObject): string {
  const claims = root.at("spec", "volumeClaimTemplates").items();
  const sizes = claims.flatMap((claim) => claim.at("spec", "resources", "requests", "storage").text ?? []);
  return sizes.join(", ") || "none";
}
