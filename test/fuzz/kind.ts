import * as pulumi from "@pulumi/pulumi";
import type { Random } from "./random.ts";

/** What an argument may be, and what it may not. */
export interface Kind {
  /** How many arguments it holds; as often one of them is made wrong. */
  size: number;
  /** A value that is allowed, often at the border. */
  within(random: Random): unknown;
  /** One that is not, with the path below the argument at which it must be refused. */
  beyond(random: Random): Beyond;
}

export interface Beyond {
  value: unknown;
  path: string;
}

/** How often each argument was given, by interface and name, allowed and not. */
export const varied = new Map<string, { within: number; beyond: number }>();

export function leaf(within: Kind["within"], beyond: (random: Random) => unknown): Kind {
  return { size: 1, within, beyond: (random) => ({ value: beyond(random), path: "" }) };
}

export function whole(least: number, most: number): Kind {
  return leaf(
    (random) => random.pick([least, most, random.whole(least, most)]),
    (random) => random.pick([least - 1, most + 1, least + 0.5, Number.NaN, Number.POSITIVE_INFINITY, `${least}`, null]),
  );
}

export const flag = leaf(
  (random) => random.chance(0.5),
  (random) => random.pick(["true", 1, null, []]),
);

/** It may be known only later. */
export function input(kind: Kind): Kind {
  return {
    ...kind,
    within: (random) => {
      const value = kind.within(random);
      return random.chance(0.7) ? value : random.chance(0.5) ? pulumi.output(value) : Promise.resolve(value);
    },
  };
}

export function list(item: Kind, least: number, most: number): Kind {
  const within = (random: Random) => Array.from({ length: random.length(least, most) }, () => item.within(random));
  return {
    size: item.size + 1,
    within,
    beyond: (random) => {
      if (random.turn([1, item.size]) === 0) {
        return { value: random.pick(["text", {}, null, ...(least > 0 ? [[]] : [])]), path: "" };
      }
      const { value, path } = item.beyond(random);
      const before = within(random);
      return { value: [...before, value], path: `[${before.length}]${path}` };
    },
  };
}

/** Values under keys of the caller's own. */
export function map(key: Kind, value: Kind, least = 0, most = 3): Kind {
  const within = (random: Random) => {
    const entries = Array.from({ length: random.length(least, most) }, () => [
      key.within(random),
      value.within(random),
    ]);
    return Object.fromEntries(entries) as Record<string, unknown>;
  };
  return {
    size: value.size + 2,
    within,
    beyond: (random) => {
      const empty = least > 0 ? [{}] : [];
      // The map itself, its key, and what it holds.
      const part = random.turn([1, 1, value.size]);
      if (part === 0) return { value: random.pick(["text", [], null, 1, ...empty]), path: "" };
      const before = within(random);
      if (part === 1) {
        const name = String(key.beyond(random).value);
        return { value: entry(before, name, value.within(random)), path: "" };
      }
      // Messages shorten what is longer.
      const [name, bad] = [String(key.within(random)).slice(0, 60) || "a", value.beyond(random)];
      return { value: entry(before, name, bad.value), path: `.${name}${bad.path}` };
    },
  };
}

/** An interface's arguments; those that it asks for are in `required`. */
export function object<Args>(
  name: string,
  kinds: { [Argument in keyof Required<Args>]: Kind },
  required: (keyof Args)[] = [],
): Kind {
  const known = Object.entries(kinds) as [keyof Args & string, Kind][];
  for (const [key] of known) varied.set(`${name}.${key}`, { within: 0, beyond: 0 });
  const within = (random: Random) => {
    const given = known.filter(([key]) => required.includes(key) || random.chance(0.5));
    for (const [key] of given) varied.get(`${name}.${key}`)!.within++;
    return Object.fromEntries(given.map(([key, kind]) => [key, kind.within(random)]));
  };
  return {
    size: known.reduce((sum, [, kind]) => sum + kind.size, 2),
    within,
    beyond: (random) => {
      const part = random.turn([1, 1, ...known.map(([, kind]) => kind.size)]);
      if (part === 0) return { value: random.pick(["text", [], null, 1]), path: "" };
      if (part === 1) return { value: { ...within(random), surely: "unknown" }, path: "" };
      const [key, kind] = known[part - 2]!;
      varied.get(`${name}.${key}`)!.beyond++;
      const { value, path } = kind.beyond(random);
      return { value: entry(within(random), key, value), path: `.${key}${path}` };
    },
  };
}

/** With this entry, whatever its key: `__proto__` too is one. */
function entry(before: Record<string, unknown>, key: string, value: unknown): Record<string, unknown> {
  return Object.fromEntries([...Object.entries(before).filter(([other]) => other !== key), [key, value]]);
}
