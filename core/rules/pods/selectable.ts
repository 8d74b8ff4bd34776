import type { Field } from "../reading/field.ts";
import type { KubernetesObject } from "../reading/kubernetesObject.ts";
import { podLabels } from "./podRule.ts";

interface Labelled {
  readonly byLabel: ReadonlyMap<string, readonly KubernetesObject[]>;
  /** Some label of theirs is not known yet: it may be any. */
  readonly open: readonly KubernetesObject[];
}

/**
 * Those of these workloads whose pods a selector may mean; the rest it surely does not. A large stack has about as many
 * selectors as workloads, so they are looked up by a label instead of being asked one by one.
 */
export function selectable(workloads: readonly KubernetesObject[], selector: Field): readonly KubernetesObject[] {
  const wanted = selector.at("matchLabels").entries();
  const { byLabel, open } = labelled(workloads);
  const lists = wanted.filter(({ text }) => text !== undefined).map((label) => byLabel.get(pair(label)) ?? []);
  if (lists.length === 0) return workloads;
  return [...open, ...lists.reduce((shortest, list) => (list.length < shortest.length ? list : shortest))];
}

const known = new WeakMap<readonly KubernetesObject[], Labelled>();

/** An inventory hands out the same list until something is added. */
function labelled(workloads: readonly KubernetesObject[]): Labelled {
  const found = known.get(workloads) ?? read(workloads);
  known.set(workloads, found);
  return found;
}

function read(workloads: readonly KubernetesObject[]): Labelled {
  const byLabel = new Map<string, KubernetesObject[]>();
  const isOpen = (workload: KubernetesObject) =>
    podLabels(workload)
      .entries()
      .some(({ unknown }) => unknown);
  for (const workload of workloads.filter((one) => !isOpen(one))) {
    for (const label of podLabels(workload).entries()) {
      const same = byLabel.get(pair(label)) ?? [];
      same.push(workload);
      byLabel.set(pair(label), same);
    }
  }
  return { byLabel, open: workloads.filter(isOpen) };
}

const pair = ({ key, text }: Field) => `${key}=${text}`;
