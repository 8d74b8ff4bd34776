import { textWhere } from "../check.ts";

const units: Readonly<Record<string, number>> = { ms: 0.001, s: 1 };

/** Seconds of `200ms` or `1.5s`; undefined where it is none. */
export function seconds(duration: string): number | undefined {
  const [, amount, unit = ""] = /^(\d{1,6}(?:\.\d{1,3})?)(ms|s)$/.exec(duration) ?? [];
  return amount === undefined ? undefined : rounded(Number(amount) * units[unit]!);
}

/** From a millisecond to a minute, with its unit. */
export const latency = textWhere((value) => {
  const given = seconds(value);
  return given !== undefined && given >= 0.001 && given <= 60;
}, "a time with its unit from 1ms to 60s such as 200ms or 1.5s");

/** Without what binary fractions leave over: 0.001 and not 0.0009999999999999432. */
export function rounded(value: number): number {
  return Number(value.toPrecision(9));
}
