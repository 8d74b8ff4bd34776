import { ArgumentError, short } from "../argument.ts";
import { type Check, pattern, text } from "../check.ts";
import { map } from "../shape.ts";

/** What a variable may hold, less its name and a few. */
const longest = 120 * 1024;

/** Where an export of Keycloak's has secrets in clear, by the key that holds them. */
const secretKey = /^(secret|clientSecret|password|bindCredential|privateKey|secretData|credentialData)$/;

/** A realm's file names it as the argument does, and holds no secret but by the name of a variable. */
const realm: Check = (path, value) => {
  text(longest)(path, value);
  const given = parsed(path, value as string);
  const name = path.split(/[.:] ?/).at(-1)!;
  if (given["realm"] !== name) {
    const named = typeof given["realm"] === "string" ? short(given["realm"]) : "none";
    throw new ArgumentError(path, `is of the realm ${named}; give it under its own name`);
  }
  const clear = inClear(given, "");
  if (clear === undefined) return;
  const reason = `holds a secret in clear at ${clear.slice(1)}; give it as \${NAME}, and NAME under secrets`;
  throw new ArgumentError(path, reason);
};

/** They become file names, and parts of what errors say. */
export const realms = map(
  pattern(/^[A-Za-z0-9][-A-Za-z0-9_]{0,59}$/, "1–60 letters, digits, inner dashes and underscores"),
  realm,
);

function parsed(path: string, text: string): Record<string, unknown> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new ArgumentError(path, "is no JSON; give what `kc.sh export` has written");
  }
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
  throw new ArgumentError(path, "holds no realm; give what `kc.sh export` has written for one");
}

/** Path of the first secret that is no name of a variable, and of none that Keycloak has masked. */
function inClear(value: unknown, path: string): string | undefined {
  if (typeof value !== "object" || value === null) return undefined;
  for (const [key, inner] of Object.entries(value)) {
    const at = Array.isArray(value) ? `${path}[${key}]` : `${path}.${short(key)}`;
    const held: unknown = Array.isArray(inner) ? inner[0] : inner;
    if (secretKey.test(key) && typeof held === "string" && !/^(|\*+|\$\{\w+\})$/.test(held)) return at;
    const found = inClear(inner, at);
    if (found !== undefined) return found;
  }
  return undefined;
}
