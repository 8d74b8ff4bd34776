import { hiddenSecret } from "../core/hiddenSecret.ts";
import type { Manifest } from "./manifest.ts";

/** The object with no secret in it: a Secret's values are gone, and a secret's value elsewhere too, plain or in base64. */
export function redact(manifest: Manifest, forms: Forms): Manifest {
  if (manifest.kind !== "Secret") return redacted(manifest, forms) as Manifest;
  const hide = (values: object | undefined) =>
    values && Object.fromEntries(Object.keys(values).map((key) => [key, hiddenSecret]));
  const { data, stringData, ...rest } = manifest;
  // `data` would have to be base64.
  return { ...rest, stringData: { ...hide(data), ...hide(stringData) } } as Manifest;
}

/** Paths of an object's fields in which a secret's value stands. */
export function placesOf(value: unknown, forms: Forms, path = ""): string[] {
  if (typeof value === "string") return forms.some((form) => value.includes(form)) ? [path] : [];
  if (value === null || typeof value !== "object") return [];
  return Object.entries(value).flatMap(([key, inner]) => {
    const below = Array.isArray(value) ? `${path}[${key}]` : path ? `${path}.${key}` : key;
    return [...(forms.some((form) => key.includes(form)) ? [below] : []), ...placesOf(inner, forms, below)];
  });
}

/** The value with no secret in it. */
export function redacted(value: unknown, forms: Forms): unknown {
  if (typeof value === "string") return forms.reduce((text, form) => text.replaceAll(form, hiddenSecret), value);
  if (Array.isArray(value)) return value.map((item) => redacted(item, forms));
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [redacted(key, forms) as string, redacted(inner, forms)]),
  );
}

/** How the values of secrets may be written. */
export type Forms = readonly string[];

export function formsOf(secrets: readonly string[]): Forms {
  return secrets.flatMap((secret) => [secret, Buffer.from(secret).toString("base64"), encodeURIComponent(secret)]);
}
