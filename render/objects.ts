import { Field } from "../core/rules/reading/field.ts";
import { Inventory } from "../core/rules/reading/inventory.ts";
import { type KubernetesObject, kubernetesObjects } from "../core/rules/reading/kubernetesObject.ts";
import type { Rendered } from "./rendered.ts";

/** What was rendered, as rules read it. */
export function objectsOf(rendered: Rendered): KubernetesObject[] {
  return rendered.manifests.flatMap((manifest) => kubernetesObjects(manifest.kind, new Field(manifest)));
}

export function inventoryOf(objects: readonly KubernetesObject[]): Inventory {
  const inventory = new Inventory();
  for (const object of objects) inventory.add(object);
  return inventory;
}

/** The workload of that name. Throws with those that there are. */
export function workload(objects: readonly KubernetesObject[], inventory: Inventory, name: string): KubernetesObject {
  const all = objects.filter((object) => inventory.workloadsSharing(object).includes(object));
  const found = all.find((object) => object.name === name);
  if (found) return found;
  throw new Error(`no workload "${name}"; there: ${all.map((object) => object.name).join(", ") || "none"}`);
}
