import type { Field } from "../reading/field.ts";
import type { Inventory } from "../reading/inventory.ts";
import type { KubernetesObject } from "../reading/kubernetesObject.ts";
import { perObject } from "../reading/perObject.ts";

/** How many pods a workload has; undefined while that is not known. */
export interface ReplicaCount {
  readonly least: number | undefined;
  readonly most: number | undefined;
}

/** Whether a workload has a number of pods; a DaemonSet has as many as there are nodes. */
export const scales = ({ kind }: KubernetesObject) =>
  ["Deployment", "StatefulSet", "ReplicaSet", "Rollout"].includes(kind);

/** Where each kind of autoscaler keeps its bounds, and what they are when it states none. */
const scalers = [
  { kind: "HorizontalPodAutoscaler", min: "minReplicas", max: "maxReplicas", least: 1, most: undefined },
  { kind: "ScaledObject", min: "minReplicaCount", max: "maxReplicaCount", least: 0, most: 100 },
] as const;

/** The replicas a workload states and those its autoscaler sees to, whichever is more. */
export function replicaCount(workload: KubernetesObject, inventory: Inventory): ReplicaCount {
  if (!scales(workload)) return { least: undefined, most: undefined };
  const stated = workload.root.at("spec", "replicas");
  const own = stated.absent && !workload.partial ? 1 : number(stated);
  return greatestOf([{ least: own, most: own }, ...boundsOf(workload, inventory)]);
}

/** The replicas between which its autoscaler keeps a workload, whatever it states itself; undefined where it has none. */
export function scaledCount(workload: KubernetesObject, inventory: Inventory): ReplicaCount | undefined {
  const bounds = boundsOf(workload, inventory);
  return bounds.length > 0 ? greatestOf(bounds) : undefined;
}

function boundsOf(workload: KubernetesObject, inventory: Inventory): ReplicaCount[] {
  return scalers.flatMap((scaler) =>
    inventory
      .sharing(workload, scaler.kind)
      .filter((one) => targets(one, workload))
      .map(({ root }) => ({
        least: number(root.at("spec", scaler.min), scaler.least),
        most: number(root.at("spec", scaler.max), scaler.most),
      })),
  );
}

function greatestOf(counts: readonly ReplicaCount[]): ReplicaCount {
  return { least: greatest(counts.map(({ least }) => least)), most: greatest(counts.map(({ most }) => most)) };
}

/** How many pods may run at once; of a task as many as one run of it has. */
export function atOnce(workload: KubernetesObject, inventory: Inventory): number | undefined {
  return workload.kind === "CronJob" ? inOneRun(workload) : replicaCount(workload, inventory).most;
}

/** How many pods one run of a Job or a CronJob has at once. */
export function inOneRun({ kind, root }: KubernetesObject): number | undefined {
  const job = kind === "CronJob" ? root.at("spec", "jobTemplate") : root;
  return number(job.at("spec", "parallelism"), 1);
}

/** An autoscaler whose target is not known yet may be any workload's. */
function targets(scaler: KubernetesObject, { kind, name }: KubernetesObject): boolean {
  const target = targetOf(scaler);
  return target.open || name === undefined || (target.kind === kind && target.name === name);
}

const targetOf = perObject(({ root }) => {
  const target = root.at("spec", "scaleTargetRef");
  const open = target.unknown || target.at("name").unknown;
  return { open, kind: target.at("kind").text ?? "Deployment", name: target.at("name").text };
});

function number(field: Field, fallback?: number): number | undefined {
  if (field.absent) return fallback;
  const value = field.text === undefined ? Number.NaN : Number(field.text);
  return Number.isFinite(value) ? value : undefined;
}

function greatest(numbers: readonly (number | undefined)[]): number | undefined {
  return numbers.includes(undefined) ? undefined : Math.max(...numbers.map(Number));
}
