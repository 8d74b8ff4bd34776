import type { EnvironmentRef } from "../environment/args.ts";
import type { Member } from "../environment/member.ts";
import { member } from "../environment/member.ts";
import type { PostgresPoolerLink } from "../link.ts";
import type { PostgresArgs } from "./args.ts";
import { clusterSettings, podsOf, serviceNames } from "./cluster/settings.ts";
import { poolerName } from "./pooler/settings.ts";

/** How a server in the cluster is reached. */
export interface Way {
  /** Name of the Service that leads to who takes writes. */
  host: string;
  /** Labels of its pods. */
  selector: { [label: string]: string };
  /** Names under which it answers, for its certificate. */
  services: string[];
  /** Name of the Service that leads to who is read from; undefined where there is none. */
  reads?: string;
  pooler?: PostgresPoolerLink;
}

/** One pod answers by the component's name; of several the operator's Services tell who is who. */
export function wayTo({ name, selector, profile }: Member, { cluster, pooler, environment }: PostgresArgs): Way {
  if (!cluster && pooler) return { host: name, selector, ...pooledWay(name, environment) };
  if (!cluster) return { host: name, selector, services: [name] };
  const { servers, poolers } = podsOf(name);
  const services = serviceNames(name);
  return {
    host: services.primary,
    selector: servers,
    services: Object.values(services),
    // Alone, the primary is read from as well, so that the same program runs in dev.
    reads: clusterSettings(cluster, profile).instances > 1 ? services.replicas : services.any,
    ...(pooler ? { pooler: { host: services.pooler, selector: poolers } } : {}),
  };
}

/** The server's certificate is its poolers' too. */
function pooledWay(server: string, environment: EnvironmentRef): Pick<Way, "services" | "pooler"> {
  const { name, selector } = member(poolerName(server), "pooler", environment);
  return { services: [server, name], pooler: { host: name, selector } };
}
