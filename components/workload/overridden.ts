/** A change of one child's final arguments: given them, it returns what to declare instead. */
export type Override<Spec> = (spec: Spec) => Spec;

export function overridden<Spec>(spec: Spec, override?: Override<Spec>): Spec {
  return override ? override(copy(spec)) : spec;
}

/** A copy to change freely: the original may be shared, and outputs in it can't be cloned, only kept. */
function copy<T>(value: T): T {
  if (Array.isArray(value)) return value.map(copy) as T;
  if (value === null || typeof value !== "object" || Object.getPrototypeOf(value) !== Object.prototype) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, copy(inner)])) as T;
}
