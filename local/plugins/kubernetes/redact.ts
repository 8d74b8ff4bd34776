import { isPropertyMap, type PropertyMap, reveal, Secret, type Value } from "../../grpc/values.ts";

/** Every text that a resource's inputs hold in secret, also as the API server would write it. */
export function secretTexts(inputs: PropertyMap): string[] {
  const texts = new Set<string>();
  collect(inputs, inputs["kind"] === "Secret" ? "contents" : "none", texts);
  return [...texts].sort((a, b) => b.length - a.length);
}

function collect(value: Value | undefined, inside: "none" | "contents" | "secret", texts: Set<string>): void {
  if (value instanceof Secret) collect(reveal(value.value), "secret", texts);
  else if (Array.isArray(value)) for (const element of value) collect(element, inside, texts);
  else if (isPropertyMap(value)) {
    for (const [key, inner] of Object.entries(value)) {
      const contents = inside === "contents" && (key === "data" || key === "stringData");
      collect(inner, contents ? "secret" : inside === "contents" ? "none" : inside, texts);
    }
  } else if (inside === "secret" && (typeof value === "string" || typeof value === "number")) add(String(value), texts);
}

/** One character or two would blacken half of the message and protect nothing. */
const shortest = 3;

function add(text: string, texts: Set<string>): void {
  const forms = [text, ...text.split("\n"), JSON.stringify(text).slice(1, -1), ...passwordOf(text)];
  const encoded = [Buffer.from(text).toString("base64"), Buffer.from(text, "base64").toString("utf8")];
  for (const form of [...forms, ...encoded]) if (form.trim().length >= shortest) texts.add(form);
}

/** Programs that got a URL complain about its parts. */
function passwordOf(text: string): string[] {
  const password = URL.canParse(text) ? new URL(text).password : "";
  return [password, decodedOr(password)];
}

function decodedOr(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

export function redact(message: string, secrets: readonly string[]): string {
  return secrets.reduce((text, secret) => text.replaceAll(secret, "[secret]"), message);
}
