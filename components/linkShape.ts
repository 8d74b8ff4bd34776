import { ArgumentError } from "./argument.ts";
import { type Check, pattern, text, whole } from "./check.ts";
import type { ConfigMapKey, Link, PostgresLink, SecretKey } from "./link.ts";
import { database, dataKey, extension, image, labelKey, labelValue, objectName } from "./names.ts";
import { all, input, list, map, only, optional } from "./shape.ts";

export const secretKey = only<SecretKey>({ name: input(objectName), key: dataKey });

export const configMapKey = only<ConfigMapKey>({ name: input(objectName), key: dataKey });

const postgresLink = only<PostgresLink>({
  database,
  admin: secretKey,
  authority: configMapKey,
  image: input(image),
  extensions: list(extension),
});

const leadsSomewhere: Check = (path, value) => {
  const { address, secret, postgres } = value as Link;
  if (address === undefined && !secret && !postgres) {
    throw new ArgumentError(path, "the link offers nothing; give it one of postgres, secret and address");
  }
};

export const link = all(
  only<Link>({
    host: input(pattern(/^\S{1,253}$/, "a DNS name")),
    port: whole(1, 65535),
    // Without a label it would be every pod of the namespace.
    selector: map(labelKey, labelValue, 1),
    ready: input(text(1000)),
    address: optional(input(text(4096))),
    secret: optional(secretKey),
    postgres: optional(postgresLink),
  }),
  leadsSomewhere,
);
