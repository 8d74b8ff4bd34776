import { pattern, text } from "./check.ts";

export const image = pattern(/^\S{1,512}$/, "a reference such as registry.example/api@sha256:…, without spaces");

export const variable = pattern(
  /^[A-Z_][A-Z0-9_]{0,127}$/,
  "capitals, digits and underscores, no digit first, at most 128 characters",
);

/** Of a variable: what Linux takes as one, less its name. */
export const variableValue = text(128 * 1024 - 200);

/** It becomes part of the names of objects and volumes, in lower case and with dashes. */
export const linkVariable = pattern(
  /^[A-Z_]([A-Z0-9_]{0,46}[A-Z0-9])?$/,
  "capitals, digits and inner underscores, no digit first, at most 48 characters",
);

/** A Secret or a ConfigMap. */
export const objectName = pattern(
  /^(?=.{1,253}$)[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/,
  "lower-case letters, digits, inner dashes and dots, at most 253 characters",
);

/** What a Secret or a ConfigMap holds it under; it also becomes a file. */
export const dataKey = pattern(
  /^(?!\.\.)[-._a-zA-Z0-9]{1,253}$/,
  "letters, digits, dots, dashes and underscores, at most 253 characters",
);

/** With `_owner` behind it, it is a role, whose name Postgres cuts at 63. */
export const database = pattern(
  /^(?!pg_|template[01]$)[a-z_][a-z0-9_]{0,56}$/,
  "1–57 lower-case letters, digits and underscores, no digit first, and none of Postgres' own (pg_…, template0, template1)",
);

/** MongoDB's own: it becomes a folder of backups. */
export const mongoDatabase = pattern(
  /^(?!(admin|config|local)$)[A-Za-z0-9_][-A-Za-z0-9_]{0,62}$/,
  "1–63 letters, digits, underscores and inner dashes, and none of MongoDB's own (admin, config, local)",
);

/** Somebody whom a server knows already, such as `postgres` or `supabase_admin`. */
export const loginName = pattern(
  /^[A-Za-z_][-A-Za-z0-9_.]{0,62}$/,
  "1–63 letters, digits, underscores, dots and dashes",
);

export const extension = pattern(
  /^[a-z_][-a-z0-9_]{0,62}$/,
  "1–63 lower-case letters, digits, underscores and dashes, no digit first",
);

/** Names a value of a secret: another name, another value. */
export const rotation = pattern(
  /^[a-z0-9]([-a-z0-9.]{0,30}[a-z0-9])?$/,
  "1–32 lower-case letters, digits, inner dashes and dots",
);

export const labelKey = pattern(
  /^([a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?\/)?[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$/,
  "a Kubernetes label such as app.kubernetes.io/name",
);

export const labelValue = pattern(
  /^([A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?)?$/,
  "at most 63 letters, digits, inner dashes, dots and underscores",
);

export const namespaceName = pattern(
  /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/,
  "1–63 lower-case letters, digits and inner dashes",
);
