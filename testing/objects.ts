import { Field, Secret } from "../core/rules/reading/field.ts";
import { Inventory } from "../core/rules/reading/inventory.ts";
import { type KubernetesObject, kubernetesObjects } from "../core/rules/reading/kubernetesObject.ts";
import type { Manifest } from "../render/manifest.ts";
import type { Rendered } from "../render/rendered.ts";

/** What was rendered, as rules read it. */
export function objectsOf(rendered: Rendered): KubernetesObject[] {
  return rendered.manifests.flatMap((manifest) => kubernetesObjects(manifest.kind, new Field(hidden(manifest))));
}

/** A Secret's values are secret to whatever tells of them. */
function hidden(manifest: Manifest): unknown {
  if (manifest.kind !== "Secret") return manifest;
  const { data, stringData, ...rest } = manifest;
  return { ...rest, data: data && new Secret(data), stringData: stringData && new Secret(stringData) };
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
