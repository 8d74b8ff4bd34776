import { stages } from "../../core/stage.ts";
import { ArgumentError, below } from "../argument.ts";
import { type Check, flag, oneOf, pattern, text, whole } from "../check.ts";
import { environmentRef } from "../environment/shape.ts";
import { secretKey } from "../linkShape.ts";
import { objectName, rotation } from "../names.ts";
import { all, map, only, optional, type Shape } from "../shape.ts";
import type { ExternalSecretArgs, SecretArgs, SecretSource, SecretsArgs } from "./args.ts";
import { coherent, oneStore } from "./coherent.ts";
import { overlapOf } from "./source.ts";

const key = pattern(/^[A-Z][A-Z0-9_]{0,62}$/, "1–63 capitals, digits and underscores, a letter first");

const printable = (longest: number) =>
  pattern(new RegExp(`^[^\\p{Cc}]{1,${longest}}$`, "u"), `1–${longest} characters, none of them a control character`);

const external = all(
  only<ExternalSecretArgs>({
    store: optional(objectName),
    clusterStore: optional(objectName),
    key: printable(2048),
    property: optional(printable(253)),
    version: optional(printable(253)),
    refreshMinutes: optional(whole(1, 44640)),
  }),
  oneStore,
);

const source: Shape<SecretSource> = {
  generate: optional(whole(16, 256)),
  config: optional(flag),
  existing: optional(secretKey),
  external: optional(external),
  sealed: optional(text(1_000_000)),
  minLength: optional(whole(1, 4096)),
  rotate: optional(rotation),
  overlap: optional(rotation),
};

const elsewhere = optional(map(oneOf(stages), all(only<SecretSource>(source), coherent)));

const apart: Check = (path, values) => {
  for (const [key, { overlap, in: other = {} }] of Object.entries(values as SecretsArgs["values"])) {
    const overlaps = overlap !== undefined || Object.values(other).some((one) => one.overlap !== undefined);
    if (overlaps && Object.hasOwn(values as object, overlapOf(key))) {
      const reason = `is the variable that overlap gives ${key} too; give one of them another name`;
      throw new ArgumentError(below(path, overlapOf(key)), reason);
    }
  }
};

/** Secrets by their key. Whoever writes a secret itself in its place is told so without seeing it. */
export const secretValues = all(map(key, all(only<SecretArgs>({ ...source, in: elsewhere }), coherent)), apart);

export const secretsShape = only<SecretsArgs>({ environment: environmentRef, values: secretValues });
