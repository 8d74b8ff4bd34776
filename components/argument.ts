import * as pulumi from "@pulumi/pulumi";

/** An argument that can't be: its path, what is wrong with it, what is allowed. Shown without a stack trace. */
export class ArgumentError extends pulumi.InputPropertyError {
  /** By this mark the SDK's program runner prints the message alone; `RunError` carries it too. */
  readonly __pulumiRunError = true;

  constructor(path: string, reason: string) {
    super({ propertyPath: path, reason });
    this.message = `${path}: ${reason}`;
  }
}

export function wrong(path: string, given: string | undefined, allowed: string): ArgumentError {
  const is = given === undefined ? "is missing" : `${given} is not allowed`;
  return new ArgumentError(path, `${is}; give ${allowed}`);
}

/** The argument below one: `App api` and `scale` and `min` are `App api: scale.min`. */
export function below(path: string, key: string | number): string {
  if (typeof key === "number") return `${path}[${key}]`;
  return path.includes(":") ? `${path}.${short(key)}` : `${path}: ${short(key)}`;
}

/** A value as messages show it; of an address, neither its user nor its password. */
export function shown(value: string | number): string {
  return typeof value === "number" ? String(value) : JSON.stringify(short(value));
}

/** What a value is, where it may not be shown or would say too much; undefined where there is none. */
export function kindOf(value: unknown): string | undefined {
  if (value === undefined) return undefined;
  if (value === null) return "null";
  if (Array.isArray(value)) return "a list";
  if (pulumi.Output.isInstance(value)) return "an output";
  const kinds: Record<string, string> = { string: "text", boolean: "true or false", object: "an object" };
  return kinds[typeof value] ?? `a ${typeof value}`;
}

/** Text that is cut where it would fill the message, without what stands before the host of an address. */
export function short(text: string): string {
  const told = withoutUser(text);
  return told.length > 80 ? `${told.slice(0, 77)}…` : told;
}

/** A password may hold any character, even that which ends it, and its address may lack the scheme. A digest is none. */
function withoutUser(text: string): string {
  const user = /^(?:([a-z][a-z0-9+.-]*:\/\/)|(?=[^@]*:)).*@(?!sha256:)/is;
  return text.replace(user, (_, scheme = "") => `${scheme}…@`);
}
