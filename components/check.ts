import { isIP } from "node:net";
import { bytes, cores } from "../core/quantity.ts";
import { kindOf, shown, wrong } from "./argument.ts";

/** Refuses a value that can't be, by its path. */
export type Check = (path: string, value: unknown) => void;

/** Text that fits a pattern, which `allowed` puts in words. */
export function pattern(pattern: RegExp, allowed: string): Check {
  return textWhere((value) => pattern.test(value), allowed);
}

/** Text of any kind; no variable and no command line can hold the character NUL. */
export function text(longest: number): Check {
  const fits = (value: string) => value.length <= longest && !value.includes("\0");
  return textWhere(fits, `text of at most ${longest} characters, without NUL`);
}

export function oneOf(allowed: readonly string[]): Check {
  return textWhere((value) => allowed.includes(value), `one of ${allowed.join(", ")}`);
}

/** A whole number within its range. */
export function whole(least: number, most: number): Check {
  const allowed = `a whole number from ${least} to ${most}`;
  return (path, value) => {
    if (typeof value !== "number") throw wrong(path, kindOf(value), allowed);
    if (!Number.isInteger(value) || value < least || value > most) throw wrong(path, shown(value), allowed);
  };
}

export const flag: Check = (path, value) => {
  if (typeof value !== "boolean") throw wrong(path, kindOf(value), "true or false");
};

/** What becomes part of a DNS name. */
export function name(longest: number): Check {
  const fits = (value: string) => /^[a-z]([-a-z0-9]*[a-z0-9])?$/.test(value) && value.length <= longest;
  return textWhere(fits, `lower-case letters, digits and inner dashes, a letter first, at most ${longest} characters`);
}

/** A Kubernetes CPU quantity. */
export const cpu = textWhere((value) => {
  const amount = cores(value);
  return amount !== undefined && amount >= 0.001 && amount <= 1000;
}, "a CPU quantity from 1m to 1000 such as 250m or 1.5");

/** A Kubernetes memory or storage quantity. Less than a mebibyte is a forgotten unit. */
export const memory = textWhere((value) => {
  const amount = bytes(value);
  return amount !== undefined && amount >= 2 ** 20 && amount <= 2 ** 50;
}, "a quantity from 1Mi to 1024Ti such as 256Mi or 1Gi");

/** A range of IP addresses. A wider one holds private and public ones alike: nobody means it. */
export const cidr = textWhere((value) => {
  const [address = "", prefix = "", ...more] = value.split("/");
  const longest = { 0: 0, 4: 32, 6: 128 }[isIP(address)] ?? 0;
  const plain = more.length === 0 && !address.includes("%") && /^[1-9]\d{0,2}$/.test(prefix);
  return plain && Number(prefix) >= 8 && Number(prefix) <= longest;
}, "a range of IP addresses such as 198.51.100.0/24 or 2001:db8::/32, of /8 at the widest");

/** Text that fits. */
export function textWhere(fits: (value: string) => boolean, allowed: string): Check {
  return (path, value) => {
    if (typeof value !== "string") throw wrong(path, kindOf(value), allowed);
    if (!fits(value)) throw wrong(path, shown(value), allowed);
  };
}
