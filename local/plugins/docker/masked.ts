import { isPropertyMap, Secret, type Value } from "../../grpc/values.ts";

/** Hides every secret text of some inputs in what a builder says: a Dockerfile may print what it is given. */
export function masked(inputs: Value): (text: string) => string {
  const secrets = [...secretTexts(inputs, false)].filter((text) => text.length > 3).sort((a, b) => b.length - a.length);
  return (text) => secrets.reduce((shown, secret) => shown.replaceAll(secret, "[secret]"), text);
}

function* secretTexts(value: Value | undefined, within: boolean): Iterable<string> {
  if (value instanceof Secret) yield* secretTexts(value.value, true);
  else if (Array.isArray(value)) for (const one of value) yield* secretTexts(one, within);
  else if (isPropertyMap(value)) for (const one of Object.values(value)) yield* secretTexts(one, within);
  else if (within && typeof value === "string") yield value;
}
