import type { Run } from "../declared.ts";

/** One value in the stack's configuration: `shop:images.api`. */
export interface Configured {
  readonly key: string;
  readonly value: unknown;
}

/** What the configuration holds, down to its single values; secrets are none of them. */
export function settingsOf({ config, secretKeys }: Pick<Run, "config" | "secretKeys">): Configured[] {
  const open = Object.entries(config).filter(([key]) => !secretKeys.includes(key));
  return open.flatMap(([key, text]) => below(key, parsed(text)));
}

/**
 * The key that an argument's value was taken from: the one of the same name that holds the same, else the only one that
 * holds the same text. Numbers and switches are too alike for that, and so is what nobody gave (`named`).
 */
export function configuredBy(
  argument: string,
  value: unknown,
  settings: readonly Configured[],
  named = false,
): string | undefined {
  const entry = typeof value === "object" && value !== null && !Array.isArray(value);
  const wanted = entry ? lastOf(argument) : value;
  const same = settings.filter((one) => one.value === wanted);
  const namesake = same.find(({ key }) => lastOf(key) === lastOf(argument));
  if (namesake || named || typeof wanted !== "string" || wanted.length < 3) return namesake?.key;
  return same.length === 1 ? same[0]!.key : undefined;
}

/** The last name in a path. */
export function lastOf(path: string): string {
  return path.replace(/^.*[.:]/, "");
}

function below(key: string, value: unknown): Configured[] {
  if (typeof value !== "object" || value === null) return [{ key, value }];
  return Object.entries(value).flatMap(([inner, one]) => below(`${key}.${inner}`, one));
}

/** Pulumi hands structured values, numbers and switches over as text. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
