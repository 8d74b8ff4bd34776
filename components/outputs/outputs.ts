import type { App } from "../app/app.ts";
import type { EnvironmentRef } from "../environment/args.ts";
import type { Postgres } from "../postgres/postgres.ts";
import type { Redis } from "../redis/redis.ts";
import type { Volume } from "../volume.ts";
import { type Connection, connectionTo } from "./connection.ts";
import { type DnsRecord, recordsFor } from "./dnsRecord.ts";

/** What people ask of an environment that is up. */
export interface Outputs {
  /** Where each app with an edge answers. */
  urls: { [app: string]: string };
  /** Records that its hosts need. */
  dns: DnsRecord[];
  /** How to connect to each store. */
  connect: { [store: string]: Connection };
  /** The volume of each store that keeps something. */
  kept: { [store: string]: Volume };
}

/**
 * What `pulumi stack output` tells people of these components, by the names under which they are given: where they answer,
 * which DNS records that needs, how to connect to a store, and what is kept where. No password is in it.
 *
 * @example
 * ```ts
 * import * as palier from "palier";
 *
 * const environment = new palier.Environment("shop");
 * const queue = new palier.Redis("queue", { environment, image: "redis:7", purpose: "queue" });
 *
 * export const { urls, dns, connect, kept } = palier.outputs(environment, { queue });
 * ```
 */
export function outputs(
  environment: EnvironmentRef,
  components: Readonly<Record<string, App | Postgres | Redis>>,
): Outputs {
  const each = <Told>(tell: (one: App | Postgres | Redis) => Told | undefined): { [name: string]: Told } =>
    Object.fromEntries(
      Object.entries(components).flatMap(([name, one]) => {
        const told = tell(one);
        return told === undefined ? [] : [[name, told]];
      }),
    );
  const hosts = Object.values(components).flatMap((one) => ("hosts" in one && one.hosts) || []);
  return {
    urls: each((one) => ("url" in one ? one.url : undefined)),
    dns: recordsFor(hosts, environment),
    connect: each((one) => {
      const link = "link" in one ? one.link : Object.values(one.links)[0];
      return link && connectionTo(link, environment);
    }),
    kept: each((one) => ("volume" in one ? one.volume : undefined)),
  };
}
