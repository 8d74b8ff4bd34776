import { isPropertyMap, type PropertyMap, reveal, Secret, type Value } from "../../grpc/values.ts";
import type { KubeObject } from "./model/object.ts";

const dashed = new Set([
  "x_kubernetes_embedded_resource",
  "x_kubernetes_int_or_string",
  "x_kubernetes_list_map_keys",
  "x_kubernetes_list_type",
  "x_kubernetes_map_type",
  "x_kubernetes_preserve_unknown_fields",
  "x_kubernetes_validations",
]);

/** As the API server spells it: no nulls, and with dashes what the SDK must write with underscores. */
export function spelled<T extends Value>(value: T): T;
export function spelled(value: Value): Value {
  if (value instanceof Secret) return new Secret(spelled(value.value));
  if (Array.isArray(value)) return value.map((element) => spelled(element));
  if (!isPropertyMap(value)) return value;
  const pairs = Object.entries(value).filter(([, inner]) => inner !== null && inner !== undefined);
  return Object.fromEntries(
    pairs.map(([key, inner]) => [dashed.has(key) ? key.replaceAll("_", "-") : key, spelled(inner as Value)]),
  );
}

/** The inputs as the object that is sent. Only for inputs without unknowns. */
export function toObject(inputs: PropertyMap): KubeObject {
  const object = reveal(spelled(inputs)) as KubeObject;
  return { ...object, metadata: { ...object.metadata } };
}
