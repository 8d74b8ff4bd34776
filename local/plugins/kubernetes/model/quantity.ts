import { amount } from "../../../../core/quantity.ts";

/** The number a Kubernetes quantity stands for, or undefined where it is none. */
export function quantity(value: unknown): number | undefined {
  if (typeof value === "number") return value;
  return typeof value === "string" ? amount(value) : undefined;
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
