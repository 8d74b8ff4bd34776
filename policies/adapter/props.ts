import * as sdk from "@pulumi/policy";
import { Secret, undecided } from "../../core/rules/reading/field.ts";

/** How the SDK hands over a value that isn't known yet: one text for each type of value (its `proxy.ts`). */
const unknownTexts = new Set([
  "1c4a061d-8072-4f0a-a4cb-0ff528b18fe7",
  "3eeb2bf0-c639-47a8-9e75-3b44932eb421",
  "04da6b54-80e4-46f7-96ec-b56ff0331ba9",
  "6a19a0b0-7e62-4c92-b797-7f8e31da9cc2",
  "030794c1-ac77-496b-92df-f27374a8bd58",
  "e48ece36-62e2-4504-bad9-02848725956a",
  "dd056dcd-154b-4c76-9bd3-c8f88648b5ff",
]);

/** The places of the secret values of a resource, as {@link secretPlaces} found them. */
export type SecretPlaces = ReadonlySet<string>;

/**
 * The inputs of a resource as rules read them. The SDK's own view throws at the first unknown value, which ends the
 * policy and turns it into advice, so this looks behind it.
 */
export function readable(props: unknown, secrets: SecretPlaces = new Set(), place = ""): unknown {
  const value = behindProxies(props);
  const read = readablePlain(value, secrets, place);
  return secrets.has(place) ? new Secret(read) : read;
}

function readablePlain(value: unknown, secrets: SecretPlaces, place: string): unknown {
  if (typeof value === "string") return unknownTexts.has(value) ? undecided : value;
  if (Array.isArray(value)) return value.map((item, index) => readable(item, secrets, `${place}/${index}`));
  if (typeof value !== "object" || value === null) return value;
  if (Object.getPrototypeOf(value) !== Object.prototype) return undecided;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, readable(item, secrets, placeOf(place, key))]),
  );
}

/** Where secrets are, in the inputs that a remediation gets: only there does the SDK keep their mark. */
export function secretPlaces(props: unknown, place = "", found = new Set<string>()): Set<string> {
  const value = behindProxies(props);
  if (value instanceof sdk.Secret) {
    found.add(place);
    return secretPlaces(value.value, place, found);
  }
  if (Array.isArray(value)) for (const [index, item] of value.entries()) secretPlaces(item, `${place}/${index}`, found);
  else if (typeof value === "object" && value !== null) {
    for (const [key, item] of Object.entries(value)) secretPlaces(item, placeOf(place, key), found);
  }
  return found;
}

function placeOf(place: string, key: string): string {
  return `${place}/${key.replaceAll("~", "~0").replaceAll("/", "~1")}`;
}

function behindProxies(value: unknown): unknown {
  let target = value as { __isSpecialProxy?: boolean; __getSpecialProxyTarget?: unknown } | null | undefined;
  while (typeof target === "object" && target !== null && target.__isSpecialProxy === true) {
    target = target.__getSpecialProxyTarget as typeof target;
  }
  return target;
}
