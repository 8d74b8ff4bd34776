import { isPropertyMap, type PropertyMap, type Value } from "../../grpc/values.ts";
import type { KubeObject } from "./model/object.ts";
import { holdsQuantity, sameQuantity } from "./model/quantity.ts";

/** The live values of what the program says: its shape, so that what only the cluster adds is no change. */
export function liveInputs(live: KubeObject, olds: PropertyMap): PropertyMap {
  const { stringData, ...rest } = olds;
  if (olds["kind"] !== "Secret" || !isPropertyMap(stringData)) return prune(live, olds, []) as PropertyMap;
  const pruned = prune(live, rest, []) as PropertyMap;
  return { ...pruned, stringData: decoded(live["data"], stringData) };
}

/** Secrets are kept as `data`: back to the form in which the program gave them. */
function decoded(data: Value | undefined, given: PropertyMap): PropertyMap {
  const found = isPropertyMap(data) ? data : {};
  const keys = Object.keys(given).filter((key) => found[key] !== undefined || given[key] === "");
  return Object.fromEntries(keys.map((key) => [key, Buffer.from(String(found[key] ?? ""), "base64").toString("utf8")]));
}

function prune(live: Value | undefined, old: Value, path: (string | number)[]): Value | undefined {
  if (live === undefined || live === null) return isZero(old) ? old : undefined;
  if (isPropertyMap(old) && isPropertyMap(live)) {
    const pairs = Object.entries(old).map(([key, inner]) => [key, prune(live[key], inner!, [...path, key])]);
    return Object.fromEntries(pairs.filter(([, inner]) => inner !== undefined));
  }
  if (Array.isArray(old) && Array.isArray(live)) return pruneList(live, old, path);
  if (holdsQuantity(path) && sameQuantity(live, old)) return old;
  return live;
}

/** Elements by their place; those that only the cluster knows are left out where they are objects. */
function pruneList(live: Value[], old: Value[], path: (string | number)[]): Value[] {
  if (!old.some(isPropertyMap)) return live;
  return live
    .slice(0, old.length)
    .map((element, index) => prune(element, old[index]!, [...path, index]))
    .filter((element) => element !== undefined);
}

/** The API server drops what says nothing: an absent list is the empty one that was given. */
function isZero(value: Value): boolean {
  if (Array.isArray(value)) return value.length === 0;
  if (isPropertyMap(value)) return Object.values(value).every((inner) => inner === undefined || isZero(inner));
  return value === null || value === "" || value === 0 || value === false;
}

const serverFields = ["creationTimestamp", "generation", "managedFields", "resourceVersion", "uid", "selfLink"];
const serverAnnotations = ["deployment.kubernetes.io/revision", "kubectl.kubernetes.io/last-applied-configuration"];

/** For an import there is no shape to go by: all that is there, without what only the server writes. */
export function importedInputs({ status: _, ...live }: KubeObject): PropertyMap {
  const metadata: PropertyMap = { ...live.metadata };
  for (const field of serverFields) delete metadata[field];
  if (isPropertyMap(metadata["annotations"])) {
    const annotations = { ...metadata["annotations"] };
    for (const key of serverAnnotations) delete annotations[key];
    if (Object.keys(annotations).length > 0) metadata["annotations"] = annotations;
    else delete metadata["annotations"];
  }
  return { ...live, metadata };
}
