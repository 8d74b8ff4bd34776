import { isPropertyMap, type PropertyMap, reveal, unknown, type Value } from "../../grpc/values.ts";
import { spelled } from "./inputs.ts";
import { holdsQuantity, quantity } from "./model/quantity.ts";

const readOnly = [
  "creationTimestamp",
  "deletionGracePeriodSeconds",
  "deletionTimestamp",
  "generation",
  "managedFields",
  "resourceVersion",
  "uid",
];

/** Inputs in the one form in which two that mean the same look the same; secrets in the open, for comparing only. */
export function normalize(given: PropertyMap, namespaced: boolean): PropertyMap {
  const inputs = canonical(reveal(spelled(given)), []) as PropertyMap;
  if (isPropertyMap(inputs["metadata"])) inputs["metadata"] = normalMetadata(inputs["metadata"], namespaced);
  if (inputs["kind"] === "Secret" && inputs["apiVersion"] === "v1") return withData(inputs);
  return inputs;
}

function normalMetadata(given: PropertyMap, namespaced: boolean): PropertyMap {
  const metadata = { ...given };
  for (const field of readOnly) delete metadata[field];
  // A namespace on a kind that has none was a mistake without effect.
  if (namespaced) metadata["namespace"] = metadata["namespace"] || "default";
  else delete metadata["namespace"];
  return metadata;
}

/** `0.5` and `500m` are one quantity. */
function canonical(value: Value, path: (string | number)[]): Value {
  if (Array.isArray(value)) return value.map((element, index) => canonical(element, [...path, index]));
  if (isPropertyMap(value)) {
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, canonical(inner!, [...path, key])]));
  }
  if (!holdsQuantity(path)) return value;
  const amount = quantity(value);
  return amount === undefined ? value : `=${Number(amount.toPrecision(15))}`;
}

/** The API server keeps `stringData` as `data` only. */
function withData({ stringData, ...secret }: PropertyMap): PropertyMap {
  const data = isPropertyMap(secret["data"]) ? trimmed(secret["data"]) : secret["data"];
  if (stringData === undefined) return data === undefined ? secret : { ...secret, data };
  if (!isPropertyMap(stringData) || (data !== undefined && !isPropertyMap(data))) return { ...secret, data: unknown };
  const encoded = Object.entries(stringData).map(([key, value]) => [
    key,
    value === unknown ? unknown : Buffer.from(String(value)).toString("base64"),
  ]);
  return { ...secret, data: { ...data, ...Object.fromEntries(encoded) } };
}

/** Base64 may be given with line breaks. */
function trimmed(data: PropertyMap): PropertyMap {
  return Object.fromEntries(
    Object.entries(data).map(([key, value]) => [key, typeof value === "string" ? value.replace(/\s/g, "") : value]),
  );
}
