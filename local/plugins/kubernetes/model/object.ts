import { isPropertyMap, type PropertyMap, type Value } from "../../../grpc/values.ts";

/** What the API server takes and gives: plain JSON with a kind. */
export interface KubeObject extends PropertyMap {
  apiVersion: string;
  kind: string;
  metadata: Metadata;
}

export interface Metadata extends PropertyMap {
  name?: string;
  namespace?: string;
  uid?: string;
  generation?: number;
  resourceVersion?: string;
  labels?: Record<string, string>;
  annotations?: Record<string, string>;
  finalizers?: string[];
}

/** How an object is found: what stands in its URL. */
export interface Reference {
  apiVersion: string;
  kind: string;
  namespace?: string;
  name: string;
}

/** The value at a path; undefined as soon as the path leaves what is there. */
export function at(value: Value | undefined, ...path: (string | number)[]): Value | undefined {
  let here: Value | undefined = value;
  for (const step of path) {
    if (Array.isArray(here)) here = here[Number(step)];
    else if (isPropertyMap(here)) here = here[step];
    else return undefined;
  }
  return here;
}

export function text(value: Value | undefined): string {
  return typeof value === "string" ? value : "";
}

export function number(value: Value | undefined): number {
  return typeof value === "number" ? value : 0;
}

export function maps(value: Value | undefined): PropertyMap[] {
  return Array.isArray(value) ? value.filter(isPropertyMap) : [];
}

export function reference(object: KubeObject): Reference {
  const { name, namespace } = object.metadata;
  return { apiVersion: object.apiVersion, kind: object.kind, namespace, name: name ?? "" };
}

/** `namespace/name`, or `name` for what has no namespace: the id of the resource, and its name in messages. */
export function qualifiedName(of: { namespace?: string; name?: string }): string {
  return of.namespace ? `${of.namespace}/${of.name}` : `${of.name}`;
}

export function parseId(id: string): { namespace?: string; name: string } {
  const slash = id.indexOf("/");
  return slash < 0 ? { name: id } : { namespace: id.slice(0, slash), name: id.slice(slash + 1) };
}

/** How messages call an object: `Deployment "shop/api"`. */
export function title(object: { kind: string; metadata: { name?: string; namespace?: string } }): string {
  return `${object.kind} "${qualifiedName(object.metadata)}"`;
}

export function condition(object: PropertyMap, type: string): PropertyMap | undefined {
  return maps(at(object, "status", "conditions")).find((condition) => condition["type"] === type);
}
