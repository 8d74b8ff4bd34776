import { podSpec } from "../../core/rules/reading/containers.ts";
import type { Inventory } from "../../core/rules/reading/inventory.ts";
import { type KubernetesObject, titleOf } from "../../core/rules/reading/kubernetesObject.ts";
import {
  inOneRun,
  type ReplicaCount,
  replicaCount,
  scaledCount,
  scales,
} from "../../core/rules/relations/replicaCount.ts";
import { nothing, total } from "./amounts.ts";
import type { Range } from "./costs.ts";
import { onePod, volumesOf } from "./onePod.ts";

/** What one object asks for. */
export interface Asked extends Range {
  /** Only while it runs, as Jobs and tasks do. */
  readonly whileRunning: boolean;
  /** What else it asks for, and why nobody can count that. */
  readonly notCounted: readonly string[];
}

/** Undefined for an object that is neither a workload nor a volume claim. */
export function askedBy(object: KubernetesObject, inventory: Inventory): Asked | undefined {
  const isClaim = object.kind === "PersistentVolumeClaim";
  if (!isClaim && (podSpec(object) === undefined || object.kind === "PodTemplate")) return undefined;
  const whileRunning = isTask(object);
  const told = (problems: readonly string[]) => problems.map((one) => `${titleOf(object)}: ${one}`);
  const none = (why: string) => ({ least: nothing, most: nothing, whileRunning, notCounted: told([why]) });
  if (object.partial) return none("states only some fields of what is there already");
  if (object.kind === "DaemonSet") return none("has a pod on each node, and how many there are is not known");
  const { each, notCounted } = isClaim ? volumesOf(object) : onePod(object, inventory);
  const { least, most } = isClaim ? once : podCount(object, inventory);
  if (least === undefined || most === undefined) return none("how many pods it has is not known");
  return { least: total([[each, least]]), most: total([[each, most]]), whileRunning, notCounted: told(notCounted) };
}

const once: ReplicaCount = { least: 1, most: 1 };

const isTask = ({ kind }: KubernetesObject) => kind === "Job" || kind === "CronJob";

function podCount(workload: KubernetesObject, inventory: Inventory): ReplicaCount {
  if (workload.kind === "Pod") return once;
  if (scales(workload)) return scaledCount(workload, inventory) ?? replicaCount(workload, inventory);
  const run = isTask(workload) ? inOneRun(workload) : undefined;
  return { least: run, most: run };
}
