import type { Manifest } from "./manifest.ts";

const redacted = "(secret)";

/** The object with no secret in it: a Secret's values are gone, and a secret's value elsewhere too, plain or in base64. */
export function redact(manifest: Manifest, secrets: readonly string[]): Manifest {
  if (manifest.kind !== "Secret") return replaced(manifest, formsOf(secrets)) as Manifest;
  const hidden = (values: object | undefined) =>
    values && Object.fromEntries(Object.keys(values).map((key) => [key, redacted]));
  const { data, stringData, ...rest } = manifest;
  // `data` would have to be base64.
  return { ...rest, stringData: { ...hidden(data), ...hidden(stringData) } } as Manifest;
}

/** Paths of an object's fields in which a secret's value stands. */
export function placesOf(value: unknown, secrets: readonly string[]): string[] {
  return places(value, "", formsOf(secrets));
}

function places(value: unknown, path: string, forms: readonly string[]): string[] {
  if (typeof value === "string") return forms.some((form) => value.includes(form)) ? [path] : [];
  if (value === null || typeof value !== "object") return [];
  return Object.entries(value).flatMap(([key, inner]) => {
    const below = Array.isArray(value) ? `${path}[${key}]` : path ? `${path}.${key}` : key;
    return [...(forms.some((form) => key.includes(form)) ? [below] : []), ...places(inner, below, forms)];
  });
}

function replaced(value: unknown, forms: readonly string[]): unknown {
  if (typeof value === "string") return forms.reduce((text, form) => text.replaceAll(form, redacted), value);
  if (Array.isArray(value)) return value.map((item) => replaced(item, forms));
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [replaced(key, forms) as string, replaced(inner, forms)]),
  );
}

function formsOf(secrets: readonly string[]): string[] {
  return secrets.flatMap((secret) => [secret, Buffer.from(secret).toString("base64"), encodeURIComponent(secret)]);
}
