import { podSpec } from "./containers.ts";
import type { Field } from "./field.ts";
import { isClusterWide, type KubernetesObject } from "./kubernetesObject.ts";
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
  /** By kind, then by name, then by namespace. One whose name is not known yet stands for itself: it may be any. */
  readonly #objects = new Map<string, Map<Name, Map<string, KubernetesObject>>>();
  readonly #readers = new Map<string, Map<Name, Reader[]>>();
  /** What relations ask for object after object, by namespace; made anew once something is added. */
  readonly #sharing = new Map<string, Map<string | undefined, readonly KubernetesObject[]>>();
  readonly #workloads = new Map<string | undefined, readonly KubernetesObject[]>();
  #every: readonly KubernetesObject[] | undefined;

  #readings = new WeakMap<KubernetesObject, unknown>();

  /** Adding the same object again replaces it. */
  add(object: KubernetesObject): void {
    this.#readings = new WeakMap();
    this.#sharing.clear();
    this.#workloads.clear();
    this.#every = undefined;
    const name = object.name ?? object.root;
    place(place(this.#objects, object.kind), name).set(object.namespace ?? "", object);
    const identity = object.name === undefined ? name : `${object.kind} ${object.namespace} ${object.name}`;
    for (const [target, group] of Map.groupBy(references(object), ({ kind, name }) => `${kind} ${name}`)) {
      const readers = group.map((reference) => ({ object, reference }));
      place(this.#readers, target).set(identity, readers);
    }
  }

  /** All objects of the stack, or those of these kinds, wherever they are. */
  all(kinds?: readonly string[]): readonly KubernetesObject[] {
    if (kinds) return kinds.flatMap((kind) => [...(this.#objects.get(kind)?.values() ?? [])].flatMap(unfolded));
    this.#every ??= this.all([...this.#objects.keys()]);
    return this.#every;
  }

  /** What was read of an object, until another is added: many rules ask for the same. */
  reading<Reading>(object: KubernetesObject, read: () => Reading): Reading {
    if (!this.#readings.has(object)) this.#readings.set(object, read());
    return this.#readings.get(object) as Reading;
  }

  /** The objects of a kind that may be in the same namespace as this one. */
  sharing(object: KubernetesObject, kind: string): readonly KubernetesObject[] {
    return made(place(this.#sharing, kind), reach(object), () =>
      this.all([kind]).filter((other) => mayShareNamespace(object, other)),
    );
  }

  /** Whether there is an object of that kind and name for this one. One whose name is not known yet may be it. */
  has(object: KubernetesObject, kind: string, name: Field): "yes" | "no" | "unknown" {
    const names = this.sharing(object, kind).map((other) => other.name);
    if (name.text !== undefined && names.includes(name.text)) return "yes";
    return name.unknown || names.includes(undefined) ? "unknown" : "no";
  }

  /** The workloads that may be in the same namespace as this object. */
  workloadsSharing(object: KubernetesObject): readonly KubernetesObject[] {
    return made(this.#workloads, reach(object), () =>
      this.all().filter((other) => podSpec(other) && mayShareNamespace(object, other)),
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

type Name = string | Field;

const unfolded = (same: Map<string, KubernetesObject>) => [...same.values()];

function place<Key, Name, Value>(index: Map<Key, Map<Name, Value>>, key: Key): Map<Name, Value> {
  return made(index, key, () => new Map<Name, Value>());
}

/** What stands under a key, made when it is first asked for. */
function made<Key, Value>(index: Map<Key, Value>, key: Key, make: () => Value): Value {
  const found = index.get(key) ?? make();
  index.set(key, found);
  return found;
}

/** The namespace whose objects it may name; undefined for all of them. */
function reach({ kind, namespace }: KubernetesObject): string | undefined {
  return isClusterWide(kind) ? undefined : namespace;
}

/** Every object may name one that is in no namespace. */
function mayShareNamespace(a: KubernetesObject, b: KubernetesObject): boolean {
  if (isClusterWide(a.kind) || isClusterWide(b.kind)) return true;
  return a.namespace === undefined || b.namespace === undefined || a.namespace === b.namespace;
}
