import { isDeepStrictEqual } from "node:util";
import type * as Sdk from "@pulumi/pulumi";
import type { Profile } from "../../core/profile.ts";
import type { Told } from "../../core/told.ts";
import { lastOf } from "./configured.ts";
import { leaves } from "./leaves.ts";

/**
 * The key of the profile that each value is from, found by trying: in a profile that differs in this key alone, the
 * value is another one. Of several such keys it is that of the same name.
 */
export async function profileKeys(
  pulumi: typeof Sdk,
  { complete, profile }: Told,
  completed: ReadonlyMap<string, unknown>,
): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  for (const key of keysOf(profile)) {
    const changed = attempt(() => complete(changedAt(profile, key.split(".")) as Profile));
    for (const [argument, value] of changed ? await leaves(pulumi, changed) : []) {
      const nearer = !found.has(argument) || lastOf(key) === lastOf(argument);
      if (nearer && !isDeepStrictEqual(value, completed.get(argument))) found.set(argument, key);
    }
  }
  return found;
}

function keysOf(value: object, above = ""): string[] {
  return Object.entries(value).flatMap(([key, inner]) =>
    typeof inner === "object" && inner !== null ? keysOf(inner, `${above}${key}.`) : [`${above}${key}`],
  );
}

function changedAt(value: object, [key = "", ...rest]: readonly string[]): object {
  const inner = (value as Record<string, unknown>)[key];
  const changed = rest.length > 0 ? changedAt(inner as object, rest) : another(inner);
  return { ...value, [key]: changed };
}

/** Another value of the same kind. A number is a little more; it may be too much, and then nothing is learnt of it. */
function another(value: unknown): unknown {
  if (typeof value === "boolean") return !value;
  return typeof value === "number" ? value + 1 : `${String(value)}0`.replace(/^(\d+)(\D+)0$/, "$10$2");
}

function attempt<T>(work: () => T): T | undefined {
  try {
    return work();
  } catch {
    return undefined;
  }
}
