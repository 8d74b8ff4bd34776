import { rights } from "./access/rights.ts";
import { ArgumentError, below } from "./argument.ts";
import { type Check, cidr, flag, name, oneOf, pattern, text, whole } from "./check.ts";
import { environmentRef } from "./environment/shape.ts";
import type {
  ConfigMapKey,
  Link,
  MongoLink,
  OutsideLink,
  PoolArgs,
  PoolNames,
  PostgresLink,
  PostgresPoolerLink,
  SecretKey,
} from "./link.ts";
import {
  database,
  dataKey,
  extension,
  image,
  labelKey,
  labelValue,
  loginName,
  mongoDatabase,
  objectName,
  rotation,
  variable,
  variableValue,
} from "./names.ts";
import { all, input, list, map, only, optional } from "./shape.ts";

export const secretKey = only<SecretKey>({ name: input(objectName), key: dataKey });

export const configMapKey = only<ConfigMapKey>({ name: input(objectName), key: dataKey });

const postgresLink = only<PostgresLink>({
  database,
  admin: secretKey,
  administrator: optional(loginName),
  maintenance: optional(database),
  authority: configMapKey,
  image: input(image),
  extensions: list(extension),
  owns: optional(flag),
  reads: optional(text(253)),
  pooler: optional(
    only<PostgresPoolerLink>({
      host: pattern(/^\S{1,253}$/, "a DNS name"),
      selector: map(labelKey, labelValue, 1),
    }),
  ),
});

const pool = only<PoolArgs>({
  size: whole(1, 10_000),
  overflow: optional(whole(0, 10_000)),
  timeoutSeconds: optional(whole(1, 3600)),
  recycleSeconds: optional(whole(1, 86_400)),
  names: optional(
    only<PoolNames>({
      size: optional(variable),
      overflow: optional(variable),
      timeout: optional(variable),
      recycle: optional(variable),
    }),
  ),
});

const leadsSomewhere: Check = (path, value) => {
  const { selector, outside, address, secret, postgres, rotate, role } = value as Link;
  if (!selector === !outside) {
    const given = selector ? "both" : "neither";
    throw new ArgumentError(path, `the link has ${given} of selector and outside; give it one of the two`);
  }
  if (address === undefined && !secret && !postgres) {
    throw new ArgumentError(path, "the link offers nothing; give it one of postgres, secret and address");
  }
  if (rotate !== undefined && !postgres) {
    const reason = "goes with a link to a database; whoever made this link's credentials rotates them";
    throw new ArgumentError(below(path, "rotate"), reason);
  }
  if (role !== undefined && !postgres) {
    throw new ArgumentError(below(path, "role"), "goes with a link to a database; other targets know no roles");
  }
  if (role !== undefined && role !== "readWrite" && postgres?.owns) {
    throw new ArgumentError(below(path, "role"), `"${role}" can't own the tables; leave out postgres.owns`);
  }
};

export const link = all(
  only<Link>({
    kind: name(40),
    name: pattern(/^\S{1,253}$/, "a name without spaces"),
    environment: optional(environmentRef),
    host: input(pattern(/^\S{1,253}$/, "a DNS name")),
    port: whole(1, 65535),
    // Without a label it would be every pod of the namespace.
    selector: optional(map(labelKey, labelValue, 1)),
    outside: optional(only<OutsideLink>({ cidrs: optional(list(cidr, 1)) })),
    ready: input(text(1000)),
    address: optional(input(text(4096))),
    secret: optional(secretKey),
    variables: optional(map(variable, input(variableValue))),
    secrets: optional(map(variable, secretKey)),
    postgres: optional(postgresLink),
    mongo: optional(only<MongoLink>({ database: mongoDatabase })),
    rotate: optional(rotation),
    role: optional(oneOf(rights)),
    pool: optional(pool),
  }),
  leadsSomewhere,
);
