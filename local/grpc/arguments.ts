import type { CheckFailure } from "./provider.ts";
import { notHere } from "./stand-in.ts";
import { isPropertyMap, type PropertyMap, Secret, type Value } from "./values.ts";

/** Every argument that the official plugin takes: done here as there (`true`), or what it is, and refused. */
export type Arguments = Readonly<Record<string, true | string | { within: Arguments }>>;

/** A failure for each argument that is given and not done here: none is passed over in silence. No table: any is. */
export function refused(
  plugin: string,
  known: Arguments | undefined,
  given: Value | undefined,
  path = "",
): CheckFailure[] {
  const open = given instanceof Secret ? given.value : given;
  if (known === undefined || !isPropertyMap(open)) return [];
  return Object.entries(open as PropertyMap).flatMap(([name, value]) => {
    // The book-keeping of the engine and of other plugins, in inputs taken from a state.
    if (name.startsWith("__") || value === undefined || value === null) return [];
    const property = path === "" ? name : `${path}.${name}`;
    const support = Object.hasOwn(known, name) ? known[name] : undefined;
    if (support === true || (support !== undefined && value === "")) return [];
    if (typeof support === "object") return refused(plugin, support.within, value, property);
    return [
      {
        property,
        reason: support === undefined ? unknownTo(plugin, property, known) : lacking(plugin, property, support),
      },
    ];
  });
}

function lacking(plugin: string, property: string, what: string): string {
  return notHere(plugin, `${property} (${what})`);
}

function unknownTo(plugin: string, property: string, known: Arguments): string {
  const names = Object.keys(known).filter((name) => typeof known[name] !== "string");
  const allowed = names.length > 0 ? `it knows ${names.join(", ")}` : "it knows none here";
  return `${notHere(plugin, property)}, if that has it; this one: ${allowed}`;
}
