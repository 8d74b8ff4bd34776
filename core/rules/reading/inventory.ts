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
  /** What relations ask for object after object, by namespace; made anew once something is added. */
  readonly #sharing = new Map<string, Map<string | undefined, readonly KubernetesObject[]>>();
  readonly #workloads = new Map<string | undefined, readonly KubernetesObject[]>();

  /** Adding the same object again replaces it. */
  add(object: KubernetesObject): void {
    if (object.name === undefined) return;
    this.#sharing.clear();
    this.#workloads.clear();
    place(place(this.#objects, object.kind), object.name).set(object.namespace ?? "", object);
    const identity = `${object.kind} ${object.namespace} ${object.name}`;
    for (const [target, group] of Map.groupBy(references(object), ({ kind, name }) => `${kind} ${name}`)) {
      const readers = group.map((reference) => ({ object, reference }));
      place(this.#readers, target).set(identity, readers);
    }
  }

  /** The objects of a kind that may be in the same namespace as this one. */
  sharing(object: KubernetesObject, kind: string): readonly KubernetesObject[] {
    const known = made(this.#sharing, kind, () => new Map<string | undefined, readonly KubernetesObject[]>());
    return made(known, object.namespace, () => {
      const named = this.#objects.get(kind)?.values() ?? [];
      return [...named].flatMap((same) => [...same.values()]).filter((other) => mayShareNamespace(object, other));
    });
  }

  /** The workloads that may be in the same namespace as this object. */
  workloadsSharing(object: KubernetesObject): readonly KubernetesObject[] {
    return made(this.#workloads, object.namespace, () =>
      [...this.#objects.keys()].flatMap((kind) => this.sharing(object, kind)).filter((other) => podSpec(other)),
    );
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
  return made(index, key, () => new Map<string, Value>());
}

/** What stands under a key, made when it is first asked for. */
function made<Key, Value>(index: Map<Key, Value>, key: Key, make: () => Value): Value {
  const found = index.get(key) ?? make();
  index.set(key, found);
  return found;
}

function mayShareNamespace(a: KubernetesObject, b: KubernetesObject): boolean {
  return a.namespace === undefined || b.namespace === undefined || a.namespace === b.namespace;
}
