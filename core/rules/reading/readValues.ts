import type { Inventory } from "./inventory.ts";
import { type KubernetesObject, titleOf } from "./kubernetesObject.ts";
import { references } from "./references.ts";
import type { Setting } from "./setting.ts";
import { data } from "./settings.ts";

/** All that containers read from ConfigMaps and Secrets of the stack, also what goes by the name of its key. */
export function readValues(object: KubernetesObject, inventory: Inventory): Setting[] {
  return references(object).flatMap((reference) => {
    const found = inventory.find(object, reference);
    const values = found ? data(found).filter(({ key }) => reference.whole || key === reference.key) : [];
    return values.map((value): Setting => {
      const name = reference.whole ? `${reference.variable ?? ""}${value.key}` : reference.variable;
      const path = `${reference.field.path} (${found ? titleOf(found) : ""}, ${value.path})`;
      return { name, value: value.seenAt(path), source: "reference", container: reference.container };
    });
  });
}
