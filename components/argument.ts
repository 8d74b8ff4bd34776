import * as pulumi from "@pulumi/pulumi";
import { bytes, cores } from "../core/quantity.ts";

/** An argument that can't be: its path, what is wrong with it, what is allowed. Shown without a stack trace. */
export class ArgumentError extends pulumi.InputPropertyError {
  /** By this mark the SDK's program runner prints the message alone; `RunError` carries it too. */
  readonly __pulumiRunError = true;

  constructor(path: string, reason: string) {
    super({ propertyPath: path, reason });
    this.message = `${path}: ${reason}`;
  }
}

function wrong(path: string, value: unknown, allowed: string): ArgumentError {
  return new ArgumentError(path, `${JSON.stringify(value)} is not allowed; give ${allowed}`);
}

/** Checks a whole number against its range. */
export function checkWhole(path: string, value: number, least: number, most: number): void {
  if (!Number.isInteger(value) || value < least || value > most) {
    throw wrong(path, value, `a whole number from ${least} to ${most}`);
  }
}

/** Checks a Kubernetes CPU quantity. */
export function checkCores(path: string, value: string): void {
  const amount = cores(value);
  if (amount === undefined || amount <= 0) throw wrong(path, value, "a CPU quantity above zero such as 250m or 1.5");
}

/** Checks a Kubernetes memory or storage quantity. */
export function checkBytes(path: string, value: string): void {
  const amount = bytes(value);
  if (amount === undefined || amount <= 0) throw wrong(path, value, "a quantity above zero such as 256Mi or 1Gi");
}

/** Checks a name that becomes part of a DNS name. */
export function checkName(path: string, value: string, longest = 40): void {
  const allowed = `lower-case letters, digits and inner dashes, a letter first, at most ${longest} characters`;
  if (!/^[a-z]([-a-z0-9]*[a-z0-9])?$/.test(value) || value.length > longest) throw wrong(path, value, allowed);
}

/** Checks that a value is one of those allowed. */
export function checkOneOf<T extends string>(path: string, value: string, allowed: readonly T[]): asserts value is T {
  if (!(allowed as readonly string[]).includes(value)) throw wrong(path, value, `one of ${allowed.join(", ")}`);
}

/** Checks text against a pattern that `allowed` puts in words. */
export function checkPattern(path: string, value: string, pattern: RegExp, allowed: string): void {
  if (!pattern.test(value)) throw wrong(path, value, allowed);
}
