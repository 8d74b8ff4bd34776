import { isApiError } from "../../../core/cluster/apiError.ts";
import { isPropertyMap, type PropertyMap, type Value } from "../../grpc/values.ts";
import type { Client } from "./api/client.ts";
import { at, type KubeObject, maps, reference, text } from "./model/object.ts";
import type { PropertyPath } from "./model/property-path.ts";

/** Who set which fields, as the API server tells it. */
export function managedFields(live: KubeObject): PropertyMap[] {
  return maps(at(live, "metadata", "managedFields"));
}

export interface Ownership {
  ours: boolean;
  theirs: boolean;
}

/** Whose a field is. List elements have keys instead of numbers there, so a path through a list is nobody's. */
export function ownership(live: KubeObject, path: PropertyPath, fieldManager: string): Ownership {
  const steps = path.map((step) => `f:${step}`);
  const owners = managedFields(live).filter((entry) => at(entry, "fieldsV1", ...steps) !== undefined);
  return {
    ours: owners.some(({ manager }) => manager === fieldManager),
    theirs: owners.some(({ manager }) => manager !== fieldManager),
  };
}

const adopted = new Set(["pulumi-kubernetes", "pulumi-kubernetes.exe", "pulumi-resource-kubernetes"]);
const fromKubectl = new Set(["kubectl", "before-first-apply"]);

/** Entries that stand for our own earlier writes: a create is an Update in this book-keeping, not an Apply. */
export function isOwnUpdate(entry: PropertyMap, fieldManager: string): boolean {
  const manager = text(entry["manager"]);
  if (text(entry["subresource"]) !== "") return false;
  if (entry["operation"] === "Apply") return manager === "kubectl" && fieldManager !== "kubectl";
  return manager === fieldManager || adopted.has(manager) || fromKubectl.has(manager);
}

/**
 * Makes those entries one Apply of ours, so that the next server-side apply is no conflict with ourselves and
 * removes what we no longer say.
 */
export async function takeOver(client: Client, live: KubeObject, fieldManager: string): Promise<KubeObject> {
  for (let attempt = 0, current = live; ; attempt++) {
    const merged = mergedFields(current, fieldManager);
    if (merged === undefined) return current;
    try {
      return await client.jsonPatch(reference(current), [
        { op: "replace", path: "/metadata/managedFields", value: merged },
        { op: "replace", path: "/metadata/resourceVersion", value: text(current.metadata.resourceVersion) },
      ]);
    } catch (error) {
      if (!isApiError(error, 409) || attempt >= 5) throw error;
      current = await client.get(reference(current));
    }
  }
}

export function mergedFields(live: KubeObject, fieldManager: string): PropertyMap[] | undefined {
  const entries = managedFields(live);
  const own = entries.filter((entry) => isOwnUpdate(entry, fieldManager));
  if (own.length === 0) return undefined;
  const isTarget = (entry: PropertyMap) => entry["manager"] === fieldManager && entry["operation"] === "Apply";
  const sources = [...entries.filter(isTarget), ...own];
  const fields = sources.map(({ fieldsV1 }) => fieldsV1).reduce<Value>((a, b) => union(a, b ?? {}), {});
  const target: PropertyMap = {
    apiVersion: live.apiVersion,
    fieldsType: "FieldsV1",
    ...sources.at(-1),
    manager: fieldManager,
    operation: "Apply",
    fieldsV1: fields,
  };
  return [...entries.filter((entry) => !sources.includes(entry)), target];
}

function union(a: Value, b: Value): Value {
  if (!isPropertyMap(a) || !isPropertyMap(b)) return isPropertyMap(a) ? a : b;
  const merged: PropertyMap = { ...a };
  for (const [key, value] of Object.entries(b)) merged[key] = union(merged[key] ?? {}, value ?? {});
  return merged;
}
