import type { Arguments, CheckFailure } from "./provider.ts";
import { notHere } from "./stand-in.ts";
import { isPropertyMap, Secret, type Value } from "./values.ts";

/** A failure for each argument that is given and not done here: none is passed over in silence. */
export function refuseArguments(plugin: string, known: Arguments, given: Value | undefined, path = ""): CheckFailure[] {
  const open = given instanceof Secret ? given.value : given;
  if (!isPropertyMap(open)) return [];
  return Object.entries(open).flatMap(([name, value]) => {
    // The book-keeping of the engine and of other plugins, in inputs taken from a state.
    if (name.startsWith("__") || value === undefined || value === null) return [];
    const property = path === "" ? name : `${path}.${name}`;
    const support = Object.hasOwn(known, name) ? known[name] : undefined;
    if (support === true) return [];
    if (support === undefined) return [{ property, reason: unknownTo(plugin, property, known) }];
    if (typeof support === "object") return refuseArguments(plugin, support.within, value, property);
    return value === "" ? [] : [{ property, reason: notHere(plugin, `${property} (${support})`) }];
  });
}

function unknownTo(plugin: string, property: string, known: Arguments): string {
  const names = Object.keys(known).filter((name) => typeof known[name] !== "string");
  const allowed = names.length > 0 ? `it knows ${names.join(", ")}` : "it knows none here";
  return `${notHere(plugin, property)}, if that has it; this one: ${allowed}`;
}
