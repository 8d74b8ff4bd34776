import { ArgumentError } from "../argument.ts";
import { type Check, flag, pattern, whole } from "../check.ts";
import { environmentRef } from "../environment/shape.ts";
import { all, map, only, optional } from "../shape.ts";
import type { SecretArgs, SecretsArgs } from "./args.ts";

const key = pattern(/^[A-Z][A-Z0-9_]{0,62}$/, "1–63 capitals, digits and underscores, a letter first");

const eitherWay: Check = (path, value) => {
  const { generate, config } = value as SecretArgs;
  if ((generate === undefined) === !config) {
    throw new ArgumentError(path, "give exactly one of generate (a length from 16 to 256) and config: true");
  }
};

/** Secrets by their key. Whoever writes a secret itself in its place is told so without seeing it. */
export const secretValues = map(
  key,
  all(
    only<SecretArgs>({
      generate: optional(whole(16, 256)),
      config: optional(flag),
      minLength: optional(whole(1, 4096)),
    }),
    eitherWay,
  ),
);

export const secretsShape = only<SecretsArgs>({ environment: environmentRef, values: secretValues });
