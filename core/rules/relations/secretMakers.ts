import type { Field } from "../reading/field.ts";
import type { Inventory } from "../reading/inventory.ts";
import type { KubernetesObject } from "../reading/kubernetesObject.ts";

/** What makes Secrets from a vault or from an encrypted file, or a certificate, and where it says under which name. */
const makers: readonly (readonly [kind: string, ...path: string[]])[] = [
  ["ExternalSecret", "spec", "target", "name"],
  ["SealedSecret", "spec", "template", "metadata", "name"],
  ["VaultStaticSecret", "spec", "destination", "name"],
  ["VaultDynamicSecret", "spec", "destination", "name"],
  ["OnePasswordItem", "metadata", "name"],
  ["Certificate", "spec", "secretName"],
];

/** The names of the Secrets that other objects make, for an object that may be in their namespace. */
export function madeSecrets(object: KubernetesObject, inventory: Inventory): Field[] {
  return makers.flatMap(([kind, ...path]) =>
    inventory.sharing(object, kind).map(({ root }) => {
      const target = root.at(...path);
      return target.absent ? root.at("metadata", "name") : target;
    }),
  );
}
