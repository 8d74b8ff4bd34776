import * as pulumi from "@pulumi/pulumi";
import * as random from "@pulumi/random";
import type { Member } from "../environment/member.ts";
import { frozenSecret } from "../frozen.ts";
import { aclLines, own, proberLine } from "./acl.ts";
import type { RedisUserArgs } from "./args.ts";
import type { Purpose } from "./purpose.ts";
import { port, redisConf, replicationLines } from "./settings.ts";

/** Names of the Secrets of a server, and of each of its users. */
export interface ServerSecrets {
  server: pulumi.Output<string>;
  users: { [name: string]: pulumi.Output<string> };
}

/**
 * The server's settings with its users, and the addresses by which they use it.
 *
 * @param prober Password of who asks which server is the primary, where there are several.
 */
export function serverSecrets(
  me: Member,
  purpose: Purpose,
  memory: string,
  users: { [name: string]: RedisUserArgs },
  prober: pulumi.Output<string> | undefined,
  opts: pulumi.CustomResourceOptions,
): ServerSecrets {
  const { name } = me;
  const generated = (end: string) =>
    new random.RandomPassword(`${name}-${end}`, { length: 32, special: false }, opts).result;
  const password = generated("password");
  const admin = generated("admin-password");
  const passwords = Object.fromEntries(Object.keys(users).map((user) => [user, generated(`password-${user}`)]));
  const address = (user: string, password: pulumi.Output<string>) =>
    pulumi.interpolate`redis://${user}:${password}@${name}:${port}`;
  const all = pulumi.all([admin, password, passwords, prober]);
  const settings = all.apply(([admin, password, passwords, prober]) => {
    const named = Object.entries(users).map(([user, args]) => [user, { ...args, password: passwords[user]! }]);
    const lines = aclLines(admin, { [own.unnamed]: { password }, ...Object.fromEntries(named) });
    const more = prober === undefined ? [] : [proberLine(prober), ...replicationLines(purpose, admin)];
    return redisConf(purpose, memory, [...lines, ...more]);
  });
  const stringData = { password, "admin-password": admin, "redis.conf": settings, url: address("", password) };
  return {
    server: frozenSecret(`${name}-secret`, me, stringData, opts),
    users: Object.fromEntries(
      Object.entries(passwords).map(([user, password]) => [
        user,
        frozenSecret(`${name}-secret-${user}`, me, { url: address(user, password) }, opts),
      ]),
    ),
  };
}
