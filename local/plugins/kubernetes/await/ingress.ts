import type { Client } from "../api/client.ts";
import { at, type KubeObject, maps, text } from "../model/object.ts";
import { type Awaiter, ready, type Verdict, waitingFor } from "./awaiter.ts";
import { hasEndpoints, needsEndpoints } from "./service.ts";

/** Its controller gave it an address, and every Service behind it leads somewhere. */
export const ingress: Awaiter = {
  async verdict(live, client) {
    return ingressVerdict(live, await deadBackends(client, live));
  },
};

export function ingressVerdict(live: KubeObject, dead: string[]): Verdict {
  if (dead.length > 0) return waitingFor(`Ingress leads to Services without ready Pods: ${dead.join(", ")}`);
  if (maps(at(live, "status", "loadBalancer", "ingress")).length > 0) return ready;
  return waitingFor(
    "Ingress .status.loadBalancer field was not updated with a hostname/IP address; is there an ingress controller?",
  );
}

export function backends(live: KubeObject): string[] {
  const paths = maps(at(live, "spec", "rules")).flatMap((rule) => maps(at(rule, "http", "paths")));
  const named = [at(live, "spec", "defaultBackend"), ...paths.map((path) => path["backend"])];
  return [...new Set(named.map((backend) => text(at(backend, "service", "name"))).filter(Boolean))];
}

async function deadBackends(client: Client, live: KubeObject): Promise<string[]> {
  const namespace = live.metadata.namespace ?? "default";
  const alive = await Promise.all(
    backends(live).map(async (name) => {
      const service = await client.get({ apiVersion: "v1", kind: "Service", namespace, name }).catch(() => undefined);
      if (service === undefined) return false;
      return !needsEndpoints(service) || hasEndpoints(client, namespace, name);
    }),
  );
  return backends(live).filter((_name, index) => !alive[index]);
}
