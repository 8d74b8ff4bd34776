import { Field } from "../reading/field.ts";
import type { Inventory } from "../reading/inventory.ts";
import type { KubernetesObject } from "../reading/kubernetesObject.ts";

/** Labels by which CloudNativePG's pods are known, and the kind of what they are named after. */
const marks = { "cnpg.io/cluster": "Cluster", "cnpg.io/poolerName": "Pooler" } as const;

/** The labels that CloudNativePG gives the servers of a Cluster, beside those that it is told to. */
export function serverLabels({ name, root }: KubernetesObject): Field {
  const own = root.at("spec", "inheritedMetadata", "labels").entries();
  const inherited = Object.fromEntries(own.map(({ key, raw }) => [key, raw]));
  const labels = { ...inherited, "cnpg.io/cluster": name, "cnpg.io/podRole": "instance" };
  return new Field(labels, "metadata.name");
}

/** Whether a selector means pods that CloudNativePG makes for something of the stack. */
export function meansOperated(policy: KubernetesObject, selector: Field, inventory: Inventory): boolean {
  return Object.entries(marks).some(([label, kind]) => {
    const named = selector.at("matchLabels", label);
    return named.text !== undefined && inventory.has(policy, kind, named) !== "no";
  });
}
