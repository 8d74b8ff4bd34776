type Key = string | number;

/** The keys that lead to a finding's field, without the name of a setting that may stand behind it. */
export function keysIn(field: string): Key[] {
  const path = field.replace(/ \(.*/, "");
  return [...path.matchAll(/\["([^"]+)"\]|\[(\d+)\]|([\w-]+)/g)].map(([, quoted, index, plain]) =>
    index === undefined ? (quoted ?? plain ?? "") : Number(index),
  );
}

/** What stands there; undefined for nothing. */
export function valueAt(value: unknown, keys: readonly Key[]): unknown {
  return keys.reduce((at, key) => (at as Record<Key, unknown> | null | undefined)?.[key], value);
}

/** The same with another value there, whether or not something was. */
export function changedAt(value: unknown, [key, ...rest]: readonly Key[], to: unknown): unknown {
  if (key === undefined) return to;
  const below = changedAt(valueAt(value, [key]), rest, to);
  if (typeof key === "number") return Object.assign([...(Array.isArray(value) ? value : [])], { [key]: below });
  return { ...(value as object), [key]: below };
}
