import { isPropertyMap } from "../../../grpc/values.ts";
import type { Client } from "../api/client.ts";
import { at, type KubeObject, maps, text } from "../model/object.ts";

export function isOwnedBy(object: KubeObject, owner: KubeObject): boolean {
  return maps(at(object, "metadata", "ownerReferences")).some(({ uid }) => uid === owner.metadata.uid);
}

/** Objects of a kind in the namespace of `owner` that its selector matches; none where they can't be listed. */
export async function selectedBy(client: Client, owner: KubeObject, apiVersion: string, kind: string) {
  const labelSelector = selectorOf(owner);
  if (labelSelector === "") return [];
  return client.list(apiVersion, kind, owner.metadata.namespace ?? "default", { labelSelector }).catch(() => []);
}

export async function ownedPods(client: Client, owner: KubeObject): Promise<KubeObject[]> {
  return (await selectedBy(client, owner, "v1", "Pod")).filter((pod) => isOwnedBy(pod, owner));
}

const operators: Record<string, (key: string, values: string) => string> = {
  In: (key, values) => `${key} in (${values})`,
  NotIn: (key, values) => `${key} notin (${values})`,
  Exists: (key) => key,
  DoesNotExist: (key) => `!${key}`,
};

export function selectorOf(owner: KubeObject): string {
  const labels = at(owner, "spec", "selector", "matchLabels");
  const equal = isPropertyMap(labels) ? Object.entries(labels).map(([key, value]) => `${key}=${String(value)}`) : [];
  const expressions = maps(at(owner, "spec", "selector", "matchExpressions")).map((expression) => {
    const values = Array.isArray(expression["values"]) ? expression["values"].map(String).join(",") : "";
    return operators[text(expression["operator"])]?.(text(expression["key"]), values) ?? "";
  });
  return [...equal, ...expressions].filter(Boolean).join(",");
}
