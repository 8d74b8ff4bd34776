/** A value of a stack file with stand-ins for what only its owner can read, and the stand-ins. */
export interface Opened {
  readonly value: unknown;
  readonly standIns: readonly string[];
}

/**
 * Puts a stand-in wherever `secure:` stands, at any depth, as Pulumi reads it: an object with this one key and a text.
 *
 * @param standIn Its value, for a key: that of the object that it stands in, or else `key`.
 */
export function openSecure(key: string, value: unknown, standIn: (key: string) => string): Opened {
  if (typeof value !== "object" || value === null) return { value, standIns: [] };
  if (isSecure(value)) {
    const made = standIn(key);
    return { value: made, standIns: [made] };
  }
  const inner = Object.entries(value).map(
    ([name, one]) => [name, openSecure(Array.isArray(value) ? key : name, one, standIn)] as const,
  );
  const standIns = inner.flatMap(([, opened]) => opened.standIns);
  const open = inner.map(([name, opened]) => [name, opened.value] as const);
  return { value: Array.isArray(value) ? open.map(([, one]) => one) : Object.fromEntries(open), standIns };
}

function isSecure(value: object): boolean {
  return "secure" in value && typeof value.secure === "string" && Object.keys(value).length === 1;
}
