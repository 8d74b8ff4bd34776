import type { Random } from "./random.ts";

const endless: Record<string, unknown> = {};
endless["again"] = endless;

const odd: unknown[] = [
  ...[null, undefined, Number.NaN, Number.NEGATIVE_INFINITY, -0, 0, -1, 1e21, 2 ** 53, 1n, true, "", " ", "\0", "*"],
  ...["constructor", "__proto__", "toString", "../../etc", "$(A)", "\u202e", "\ud800", "x".repeat(1 << 20)],
  ...[[], [[[]]], {}, [null], { length: 3 }, new Date(0), () => 1, Symbol("s"), endless, Object.create(null)],
  JSON.parse('{"__proto__": {"min": 1}, "constructor": null}'),
];

const keys = ["__proto__", "constructor", "hasOwnProperty", "", "a.b", "port", "name", "x".repeat(2000)];

/** The same value, changed in one place so that it may be anything. */
export function broken(value: unknown, random: Random): unknown {
  const inner = Array.isArray(value) ? [...value.keys()] : isPlain(value) ? Object.keys(value) : [];
  if (inner.length === 0 || random.chance(0.15)) return instead(value, random);
  const key = random.pick<string | number>(inner);
  if (Array.isArray(value)) return value.map((item, index) => (index === key ? broken(item, random) : item));
  const entries = Object.entries(value as object);
  return Object.fromEntries(entries.map(([name, item]) => [name, name === key ? broken(item, random) : item]));
}

function instead(value: unknown, random: Random): unknown {
  const way = random.whole(1, 5);
  if (way === 1) return [value];
  if (way === 2) return { value };
  if (isPlain(value) && way === 3)
    return Object.fromEntries([...Object.entries(value), [random.pick(keys), random.pick(odd)]]);
  if (isPlain(value) && way === 4) return Object.fromEntries(Object.entries(value).filter(() => random.chance(0.7)));
  return random.pick(odd);
}

function isPlain(value: unknown): value is object {
  return typeof value === "object" && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}
