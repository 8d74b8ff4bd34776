import { podSpec } from "./containers.ts";
import type { KubernetesObject } from "./kubernetesObject.ts";
import { type Reference, references } from "./references.ts";

export interface Reader {
  readonly object: KubernetesObject;
  readonly reference: Reference;
}

/**
 * The objects of a stack seen so far. A resource rule sees one object at a time; this is how it finds the ConfigMap
 * behind a variable, and how a ConfigMap that comes after its readers is judged by the names they give its values.
 */
export class Inventory {
  /** By kind, then by name, then by namespace. */
  readonly #objects = new Map<string, Map<string, Map<string, KubernetesObject>>>();
  readonly #readers = new Map<string, Map<string, Reader[]>>();
  #readings = new WeakMap<KubernetesObject, unknown>();

  /** Adding the same object again replaces it. */
  add(object: KubernetesObject): void {
    this.#readings = new WeakMap();
    if (object.name === undefined) return;
    place(place(this.#objects, object.kind), object.name).set(object.namespace ?? "", object);
    const identity = `${object.kind} ${object.namespace} ${object.name}`;
    for (const [target, group] of Map.groupBy(references(object), ({ kind, name }) => `${kind} ${name}`)) {
      const readers = group.map((reference) => ({ object, reference }));
      place(this.#readers, target).set(identity, readers);
    }
  }

  /** What was read of an object, until another is added: many rules ask for the same. */
  reading<Reading>(object: KubernetesObject, read: () => Reading): Reading {
    if (!this.#readings.has(object)) this.#readings.set(object, read());
    return this.#readings.get(object) as Reading;
  }

  /** The objects of a kind that may be in the same namespace as this one. */
  sharing(object: KubernetesObject, kind: string): KubernetesObject[] {
    const named = this.#objects.get(kind)?.values() ?? [];
    return [...named].flatMap((same) => [...same.values()]).filter((other) => mayShareNamespace(object, other));
  }

  /** The workloads that may be in the same namespace as this object. */
  workloadsSharing(object: KubernetesObject): KubernetesObject[] {
    return [...this.#objects.keys()].flatMap((kind) => this.sharing(object, kind)).filter((other) => podSpec(other));
  }

  /** The object a reference means. A namespace that is not known yet fits any. */
  find(reader: KubernetesObject, { kind, name }: Reference): KubernetesObject | undefined {
    const same = name === undefined ? undefined : this.#objects.get(kind)?.get(name);
    return [...(same?.values() ?? [])].find((object) => mayShareNamespace(reader, object));
  }

  /** The workloads seen so far that read this ConfigMap or Secret. */
  readersOf(object: KubernetesObject): Reader[] {
    const readers = this.#readers.get(`${object.kind} ${object.name}`)?.values() ?? [];
    return [...readers].flat().filter((reader) => mayShareNamespace(reader.object, object));
  }
}

function place<Value>(index: Map<string, Map<string, Value>>, key: string): Map<string, Value> {
  const found = index.get(key) ?? new Map<string, Value>();
  index.set(key, found);
  return found;
}

function mayShareNamespace(a: KubernetesObject, b: KubernetesObject): boolean {
  return a.namespace === undefined || b.namespace === undefined || a.namespace === b.namespace;
}
