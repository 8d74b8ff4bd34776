import * as pulumi from "@pulumi/pulumi";
import { below, kindOf, shown, wrong } from "./argument.ts";
import { type Check, name as nameOf } from "./check.ts";

/** A check for each argument of an interface, so that a new one can't be forgotten. */
export type Shape<Args> = { readonly [Argument in keyof Required<Args>]: Check };

/** A component that an app makes for itself has the app's name, of 40 characters at most, and its role. */
export const longestInner = 40 + "-secrets".length;

/**
 * Checks a component's name and arguments whole, before anything is declared: what other languages, plain JavaScript
 * and configuration pass in is not held by the types.
 */
export function checkArguments(kind: string, name: string, args: unknown, arguments_: Check, longestName = 40): void {
  nameOf(longestName)(below(kind, "name"), name);
  arguments_(`${kind} ${name}`, args);
}

/** An object with these arguments and no others. */
export function only<Args>(shape: Shape<Args>): Check {
  const known = Object.keys(shape);
  return (path, value) => {
    const given = record(path, value, `an object with ${known.join(", ")}`);
    const unknown = Object.keys(given).find((key) => !known.includes(key));
    if (unknown !== undefined) throw wrong(path, shown(unknown), `only ${known.join(", ")}`);
    checkEach(path, given, shape);
  };
}

/** An object with at least these, such as a component that may be passed where its plain data would do. */
export function having<Args>(shape: Shape<Args>): Check {
  const needed = `an object with ${Object.keys(shape).join(", ")}`;
  return (path, value) => checkEach(path, record(path, value, needed), shape);
}

function checkEach(path: string, given: Record<string, unknown>, shape: Record<string, Check>): void {
  for (const [key, check] of Object.entries(shape)) {
    check(below(path, key), Object.hasOwn(given, key) ? given[key] : undefined);
  }
}

/** Values by keys of the caller's own. */
export function map(key: Check, value: Check, least = 0): Check {
  return (path, given) => {
    const entries = Object.entries(record(path, given, "an object"));
    if (entries.length < least) throw wrong(path, "an empty object", `at least ${least} entry`);
    for (const [name, inner] of entries) {
      key(below(path, name), name);
      value(below(path, name), inner);
    }
  };
}

export function list(item: Check, least = 0): Check {
  return (path, value) => {
    if (!Array.isArray(value)) throw wrong(path, kindOf(value), "a list");
    if (value.length < least) throw wrong(path, "an empty list", `at least ${least} item`);
    for (const index of value.keys()) item(below(path, index), value[index]);
  };
}

export function optional(check: Check): Check {
  return (path, value) => {
    if (value !== undefined) check(path, value);
  };
}

/** A value that may come later. What it then is, the provider and the pack judge. */
export function input(check: Check): Check {
  return (path, value) => {
    if (!pulumi.Output.isInstance(value) && !(value instanceof Promise)) check(path, value);
  };
}

/** All of these, one after the other. */
export function all(...checks: Check[]): Check {
  return (path, value) => {
    for (const check of checks) check(path, value);
  };
}

function record(path: string, value: unknown, allowed: string): Record<string, unknown> {
  if (kindOf(value) !== "an object") throw wrong(path, kindOf(value), allowed);
  return value as Record<string, unknown>;
}
