import { ArgumentError, below } from "../argument.ts";
import { type Check, cidr, memory, name, oneOf, pattern, whole } from "../check.ts";
import { environmentRef } from "../environment/shape.ts";
import { secretKey } from "../linkShape.ts";
import { image } from "../names.ts";
import { host } from "../outside/shape.ts";
import { resources } from "../resources.ts";
import { all, input, list, map, only, optional } from "../shape.ts";
import { own } from "./acl.ts";
import type { RedisArgs, RedisExternalArgs, RedisFailoverArgs, RedisUserArgs } from "./args.ts";
import { purposes } from "./purpose.ts";

/** It stands in the server's settings, in a line of words. */
const keys = pattern(/^[^\s"'\\]{1,128}$/, "1–128 characters without spaces, quotes and backslashes such as bull:*");

const user: Check = (path, value) => {
  name(30)(path, value);
  if (!Object.values<unknown>(own).includes(value)) return;
  throw new ArgumentError(path, `"${value}" is the server's own; give it another name`);
};

const external = only<RedisExternalArgs>({
  host,
  port: optional(whole(1, 65535)),
  cidrs: optional(list(cidr, 1)),
  address: secretKey,
  users: optional(map(user, secretKey)),
});

/** One that runs elsewhere has no image here, and whoever runs it makes its users. */
const either: Check = (path, value) => {
  const { image, external, failover, users = {} } = value as RedisArgs;
  if (external && failover) {
    throw new ArgumentError(`${path}: failover`, "is whoever runs the server elsewhere's; leave one of the two out");
  }
  if (!external && image === undefined) {
    throw new ArgumentError(`${path}: image`, "is missing; give a reference, or external for one that runs elsewhere");
  }
  const unknown = external && Object.keys(users).find((user) => !Object.hasOwn(external.users ?? {}, user));
  if (unknown === undefined) return;
  const at = below(below(`${path}: external`, "users"), unknown);
  throw new ArgumentError(at, "is missing; say where the address of this user stands");
};

export const redisShape = all(
  only<RedisArgs>({
    environment: environmentRef,
    image: optional(input(image)),
    purpose: oneOf(Object.keys(purposes)),
    users: optional(map(user, only<RedisUserArgs>({ keys: optional(list(keys, 1)) }))),
    failover: optional(only<RedisFailoverArgs>({ proxy: input(image) })),
    external: optional(external),
    storage: optional(memory),
    resources,
  }),
  either,
);
