import type * as pulumi from "@pulumi/pulumi";
import type { EnvironmentRef } from "../environment/args.ts";
import type { SecretKey } from "../link.ts";
import type { ResourcesArgs } from "../resources.ts";

/** Somebody who uses a Redis by a name and a password of their own. */
export interface RedisUserArgs {
  /**
   * Patterns of the keys and channels that it may use, such as `bull:*`: 1–128 characters without spaces, quotes and backslashes.
   * @default every key and channel
   */
  keys?: string[];
}

/** A Redis that somebody else runs, such as a cloud's. */
export interface RedisExternalArgs {
  /** Its DNS name, or its IP address. */
  host: string;
  /**
   * Port it listens on, 1–65535.
   * @default the usual one, 6379
   */
  port?: number;
  /**
   * Ranges of IP addresses it answers at, each of /8 at the widest.
   * @default every public address; of a host that is an address, that one
   */
  cidrs?: string[];
  /** Where its whole address stands, with its credentials, as `link` gives it: `rediss://user:password@host:6379`, encrypted by the second `s`. */
  address: SecretKey;
  /**
   * The same for each of `users`, as `links` gives it; whoever runs the server makes them.
   * @default none
   */
  users?: { [user: string]: SecretKey };
}

/** Three servers in place of one, of which another one takes over where the primary is lost. */
export interface RedisFailoverArgs {
  /** An image of [HAProxy](https://www.haproxy.org), 2.4 or later, which leads to whichever is the primary; a reference with its digest. */
  proxy: pulumi.Input<string>;
}

export interface RedisArgs {
  /** Where it runs. */
  environment: EnvironmentRef;
  /**
   * An image that keeps the contract of the official `redis` image, version 7 or later; a reference with its digest.
   * @default needed without `external`
   */
  image?: pulumi.Input<string>;
  /** What it is for: `queue` (nothing is evicted, kept on disk), `cache` (evicts, forgets) or `session` (evicts what ends first, kept on disk). */
  purpose: string;
  /**
   * Who uses it beside `link`, by name, of 1–30 lower-case letters, digits and inner dashes: each gets a password and a link of its own.
   * @default none
   */
  users?: { [user: string]: RedisUserArgs };
  /**
   * Three servers under Redis Sentinel, behind two proxies that lead to the primary: another takes over in seconds.
   * @default one server
   */
  failover?: RedisFailoverArgs;
  /**
   * A Redis that runs elsewhere, in place of one in the cluster: nothing is made here but the links, which keep their names.
   * @default none
   */
  external?: RedisExternalArgs;
  /**
   * Size of the volume of a persistent purpose, a Kubernetes quantity of 1Mi–1024Ti.
   * @default 1Gi
   */
  storage?: string;
  /**
   * What the instance asks for; three quarters of the memory hold data, the rest is headroom for writing it to disk.
   * @default cpu 50m, memory 128Mi
   */
  resources?: ResourcesArgs;
}
