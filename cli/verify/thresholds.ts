import { UsageError } from "../usage.ts";
import { refuseUserinfo } from "../userinfo.ts";

const units: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000 };

/** Milliseconds of a time with its unit: `200ms`, `1.5s`, `2m`. */
export function milliseconds(option: string, given: string, most = 600_000): number {
  const [, number = "", unit = ""] = /^(\d+(?:\.\d+)?)(ms|s|m)$/.exec(given) ?? [];
  const value = number === "" ? Number.NaN : Number(number) * units[unit]!;
  if (value > 0 && value <= most) return value;
  throw new UsageError(
    `${option} "${given}". Allowed: a time with its unit, such as 200ms, 2s or 1m, up to ${most / 1000}s.`,
  );
}

/** The share of a percentage with its sign: `1%` is 0.01. */
export function share(option: string, given: string): number {
  const [, number] = /^(\d+(?:\.\d+)?)%$/.exec(given) ?? [];
  if (number !== undefined && Number(number) <= 100) return Number(number) / 100;
  throw new UsageError(`${option} "${given}". Allowed: a percentage with its sign, from 0% to 100%.`);
}

/** A whole number within its bounds. */
export function count(option: string, given: string, most: number): number {
  const value = Number(given);
  if (/^\d+$/.test(given) && value >= 1 && value <= most) return value;
  throw new UsageError(`${option} "${given}". Allowed: a whole number from 1 to ${most}, without a unit.`);
}

/** An address of http or https, without name and password. What is none is not repeated: it may hold one. */
export function address(option: string, given: string): URL {
  refuseUserinfo(option, given);
  const url = URL.canParse(given) ? new URL(given) : undefined;
  if (url && /^https?:$/.test(url.protocol)) return url;
  throw new UsageError(`${option} is no address of http or https: give one such as https://shop.example.`);
}

/** A path under it. */
export function path(option: string, given: string): string {
  if (/^\/(?!\/)\S*$/.test(given)) return given;
  refuseUserinfo(option, given);
  throw new UsageError(`${option} "${given}". Allowed: a path that begins with one /.`);
}
