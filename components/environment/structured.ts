import * as pulumi from "@pulumi/pulumi";
import type { Check } from "../check.ts";

/**
 * A value of the stack's configuration that is more than a text; undefined where it is not set. The SDK's own reader shows
 * what it can't read, a secret too.
 *
 * @param key After `palier:`.
 */
export function structured<Value>(key: string, shape: Check): Value | undefined {
  const told = new pulumi.Config("palier").get(key);
  if (told === undefined) return undefined;
  let given: unknown = told;
  try {
    given = JSON.parse(told);
  } catch {}
  shape(`palier:${key}`, given);
  return given as Value;
}
