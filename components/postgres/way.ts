import type { Member } from "../environment/member.ts";
import type { PostgresPoolerLink } from "../link.ts";
import type { PostgresArgs } from "./args.ts";
import { clusterSettings, podsOf, serviceNames } from "./cluster/settings.ts";

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
export function wayTo({ name, selector, profile }: Member, { cluster, pooler }: PostgresArgs): Way {
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
