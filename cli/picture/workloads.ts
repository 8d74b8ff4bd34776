import type { KubernetesObject } from "../../core/rules/reading/kubernetesObject.ts";
import type { Manifest } from "../../render/manifest.ts";
import type { Rendered } from "../../render/rendered.ts";
import type { Place } from "./place.ts";

/** What runs, and the place that it has in the picture. */
export interface Workload {
  readonly object: KubernetesObject;
  readonly place: Place;
  /** The component that it is a part of. */
  readonly component?: string;
}

const lasting = ["Deployment", "StatefulSet", "DaemonSet", "ReplicaSet", "CronJob", "Pod"];

/** The workloads of a stack. A Job is one where its component has nothing else that runs: others use its component's ways. */
export function workloadsOf(rendered: Rendered, objects: readonly KubernetesObject[]): Workload[] {
  const owned = objects
    .filter(({ kind }) => lasting.includes(kind) || kind === "Job")
    .map((object) => ({ object, owner: rendered.componentOf(object.root.raw as Manifest) }));
  const busy = new Set(owned.filter(({ object }) => lasting.includes(object.kind)).map(({ owner }) => owner));
  const shown = owned.filter(({ object, owner }) => object.kind !== "Job" || !owner || !busy.has(owner));
  return shown.map(({ object, owner }) => {
    const { kind, namespace, name = "" } = object;
    const about = !owner ? kind : owner.name === name ? owner.kind : `${kind} of ${owner.name}`;
    const side = kind === "StatefulSet" ? "store" : "workload";
    const place = { id: `${kind}/${namespace}/${name}`, name: shortName(kind, name), about, side } as const;
    return { object, place, component: owner?.name };
  });
}

/** A Job's name ends with eight digits of its content. */
export function shortName(kind: string, name: string): string {
  return kind === "Job" ? name.replace(/-[0-9a-f]{8}$/, "") : name;
}
