import { controllerOf } from "../edge/controller.ts";
import type { EnvironmentRef } from "../environment/args.ts";

/** A record to create where the domain's names are kept. */
export interface DnsRecord {
  /** Host that it is for: `avnir.studio`. */
  name: string;
  /** Kind of record. */
  type: string;
  /** What it has to point to, in words: the program does not know which address the controller was given. */
  to: string;
  /** Command that shows the address. */
  find: string;
}

export function recordsFor(hosts: readonly string[], { edge }: EnvironmentRef): DnsRecord[] {
  if (!edge) return [];
  const { title, namespace } = controllerOf(edge);
  return hosts.map((name) => ({
    name,
    type: "A or AAAA for an IP address; CNAME for a name, which the domain itself can't have",
    to: `the address at which the world reaches this cluster's controller, ${title}`,
    find: `kubectl --namespace ${namespace} get services --output wide`,
  }));
}
