import type { KubernetesObject } from "./kubernetesObject.ts";

/** The same reading of an object, made once for all rules that ask for it: an object doesn't change. */
export function perObject<Reading>(read: (object: KubernetesObject) => Reading): (object: KubernetesObject) => Reading {
  const made = new WeakMap<KubernetesObject, { reading: Reading }>();
  return (object) => {
    const known = made.get(object) ?? { reading: read(object) };
    made.set(object, known);
    return known.reading;
  };
}
