import type { Field } from "../reading/field.ts";
import type { KubernetesObject } from "../reading/kubernetesObject.ts";
import { podLabels } from "./podRule.ts";

/*
 * A large stack has about as many selectors as workloads, so both are looked up by a label instead of being held against
 * each other one by one. Lists are those of an inventory, which hands out the same one until something is added.
 */

interface Index {
  readonly byLabel: ReadonlyMap<string, readonly KubernetesObject[]>;
  /** What no label tells apart: some of it is not known yet, or none is stated. */
  readonly open: readonly KubernetesObject[];
}

/** Those of these workloads whose pods a selector may mean; the rest it surely does not. */
export function selectable(workloads: readonly KubernetesObject[], selector: Field): readonly KubernetesObject[] {
  const wanted = pairs(selector.at("matchLabels"));
  if (wanted.length === 0) return workloads;
  const { byLabel, open } = workloadsByLabel(workloads);
  return [...open, ...wanted.map((label) => byLabel.get(label) ?? []).reduce(shorter)];
}

/** Those of these objects, all of one kind, whose selector may mean pods with these labels; the rest surely do not. */
export function selecting(
  objects: readonly KubernetesObject[],
  selectorOf: (object: KubernetesObject) => Field,
  labels: Field,
): readonly KubernetesObject[] {
  if (labels.entries().some(({ unknown }) => unknown)) return objects;
  const { byLabel, open } = selectorsByLabel(objects, selectorOf);
  return [...open, ...pairs(labels).flatMap((label) => byLabel.get(label) ?? [])];
}

const workloadsByLabel = perList((workloads) => {
  const isOpen = (workload: KubernetesObject) =>
    podLabels(workload)
      .entries()
      .some(({ unknown }) => unknown);
  const stated = workloads.filter((workload) => !isOpen(workload));
  const entries = stated.flatMap((workload) =>
    pairs(podLabels(workload)).map((label) => ({ label, object: workload })),
  );
  return { byLabel: grouped(entries), open: workloads.filter(isOpen) };
});

/** Each under one of its labels only, the one that the fewest name. */
const selectorsByLabel = perList((objects, selectorOf: (object: KubernetesObject) => Field) => {
  const wanted = objects.map((object) => ({ object, labels: pairs(selectorOf(object).at("matchLabels")) }));
  const counts = Map.groupBy(
    wanted.flatMap(({ labels }) => labels),
    (label) => label,
  );
  const many = (label: string) => counts.get(label)?.length ?? 0;
  const entries = wanted.map(({ object, labels }) => ({
    object,
    label: labels.toSorted((a, b) => many(a) - many(b))[0],
  }));
  const stated = entries.filter((entry): entry is typeof entry & { label: string } => entry.label !== undefined);
  const open = entries.filter(({ label }) => label === undefined).map(({ object }) => object);
  return { byLabel: grouped(stated), open };
});

function perList<Rest extends unknown[]>(read: (list: readonly KubernetesObject[], ...rest: Rest) => Index) {
  const known = new WeakMap<readonly KubernetesObject[], Index>();
  return (list: readonly KubernetesObject[], ...rest: Rest): Index => {
    const index = known.get(list) ?? read(list, ...rest);
    known.set(list, index);
    return index;
  };
}

function grouped(entries: readonly { label: string; object: KubernetesObject }[]): Index["byLabel"] {
  const groups = Map.groupBy(entries, ({ label }) => label);
  return new Map([...groups].map(([label, same]) => [label, same.map(({ object }) => object)]));
}

/** `key=value` of each label whose value is known. */
function pairs(labels: Field): string[] {
  return labels.entries().flatMap(({ key, text }) => (text === undefined ? [] : [`${key}=${text}`]));
}

function shorter<Item>(one: readonly Item[], other: readonly Item[]): readonly Item[] {
  return other.length < one.length ? other : one;
}
