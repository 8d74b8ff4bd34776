import { isPropertyMap } from "../../../grpc/values.ts";
import type { Client } from "../api/client.ts";
import { at, type KubeObject, maps } from "../model/object.ts";
import { type Awaiter, ready, type Verdict, waitingFor } from "./awaiter.ts";

/** It has an address if it is a load balancer, and leads to a ready pod if it selects pods. */
export const service: Awaiter = {
  async verdict(live, client) {
    const needed = needsEndpoints(live)
      ? await hasEndpoints(client, live.metadata.namespace, live.metadata.name)
      : true;
    return serviceVerdict(live, needed);
  },
};

export function serviceVerdict(live: KubeObject, hasReadyEndpoint: boolean): Verdict {
  if (needsEndpoints(live) && !hasReadyEndpoint) {
    return waitingFor(
      "Service does not target any Pods. Selected Pods may not be ready, or field '.spec.selector' may not match labels on any Pods",
    );
  }
  const balanced = at(live, "spec", "type") === "LoadBalancer";
  if (balanced && maps(at(live, "status", "loadBalancer", "ingress")).length === 0) {
    return waitingFor("Service was not allocated an IP address; does your cloud provider support this?");
  }
  return ready;
}

export function needsEndpoints(live: KubeObject): boolean {
  const selector = at(live, "spec", "selector");
  const selects = isPropertyMap(selector) && Object.keys(selector).length > 0;
  return selects && at(live, "spec", "clusterIP") !== "None" && at(live, "spec", "type") !== "ExternalName";
}

export async function hasEndpoints(client: Client, namespace = "default", name = ""): Promise<boolean> {
  const labelSelector = `kubernetes.io/service-name=${name}`;
  const slices = await client.list("discovery.k8s.io/v1", "EndpointSlice", namespace, { labelSelector });
  return slices
    .flatMap((slice) => maps(slice["endpoints"]))
    .some((endpoint) => at(endpoint, "conditions", "ready") !== false);
}
