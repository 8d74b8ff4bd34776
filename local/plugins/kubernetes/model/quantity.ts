const suffixes: Record<string, number> = {
  n: 1e-9,
  u: 1e-6,
  m: 1e-3,
  "": 1,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  P: 1e15,
  E: 1e18,
  Ki: 2 ** 10,
  Mi: 2 ** 20,
  Gi: 2 ** 30,
  Ti: 2 ** 40,
  Pi: 2 ** 50,
  Ei: 2 ** 60,
};

/** The number a Kubernetes quantity stands for, or undefined where it is none. */
export function quantity(value: unknown): number | undefined {
  if (typeof value === "number") return value;
  if (typeof value !== "string") return undefined;
  const match = /^([+-]?(?:\d+\.?\d*|\.\d+))(?:([eE][+-]?\d+)|([numkMGTPE]|[KMGTPE]i)?)$/.exec(value);
  if (match === null) return undefined;
  return match[2] !== undefined ? Number(match[1] + match[2]) : Number(match[1]) * (suffixes[match[3] ?? ""] ?? 1);
}

/** Properties whose strings the API server may write differently from how they were given: `0.5` as `500m`. */
const holders = new Set([
  "limits",
  "requests",
  "capacity",
  "hard",
  "default",
  "defaultRequest",
  "min",
  "max",
  "maxLimitRequestRatio",
  "overhead",
  "podFixed",
]);
const leaves = new Set(["sizeLimit", "averageValue", "divisor"]);

export function holdsQuantity(path: readonly (string | number)[]): boolean {
  return holders.has(String(path.at(-2))) || leaves.has(String(path.at(-1)));
}

export function sameQuantity(a: unknown, b: unknown): boolean {
  const [x, y] = [quantity(a), quantity(b)];
  return x !== undefined && y !== undefined && Math.abs(x - y) <= Math.abs(x) * 1e-12;
}
