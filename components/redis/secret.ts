import * as pulumi from "@pulumi/pulumi";
import * as random from "@pulumi/random";
import type { Member } from "../environment/member.ts";
import { frozenSecret } from "../frozen.ts";
import type { Purpose } from "./purpose.ts";
import { port, redisConf } from "./settings.ts";

/** The server's settings with its password, and the address by which clients use it. */
export function serverSecret(me: Member, purpose: Purpose, memory: string, opts: pulumi.CustomResourceOptions) {
  const { name } = me;
  const password = new random.RandomPassword(`${name}-password`, { length: 32, special: false }, opts).result;
  const stringData = {
    password,
    "redis.conf": password.apply((password) => redisConf(purpose, memory, password)),
    url: pulumi.interpolate`redis://:${password}@${name}:${port}`,
  };
  return frozenSecret(`${name}-secret`, me, stringData, opts);
}
