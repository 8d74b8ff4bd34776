import type { Inventory } from "../reading/inventory.ts";
import { type KubernetesObject, titleOf } from "../reading/kubernetesObject.ts";
import type { Answer } from "./answer.ts";
import { backends, routeKinds } from "./routes.ts";
import { servicesOf } from "./services.ts";

/** A way from outside the cluster to a Service's pods. */
export interface Exposure {
  readonly answer: Exclude<Answer, "no">;
  /** `Ingress "web"`, or the Service itself. */
  readonly by: string;
}

/** The ways from outside to a Service. */
export function exposures(service: KubernetesObject, inventory: Inventory): Exposure[] {
  const { root } = service;
  const type = root.at("spec", "type");
  const by = titleOf(service);
  const own: Exposure[] = /^(NodePort|LoadBalancer)$/.test(type.text ?? "") ? [{ answer: "yes", by }] : [];
  const address: Exposure[] = root.at("spec", "externalIPs").items().length > 0 ? [{ answer: "yes", by }] : [];
  const open: Exposure[] = type.unknown ? [{ answer: "unknown", by }] : [];
  return [...own, ...address, ...open, ...routed(service, inventory)];
}

function routed(service: KubernetesObject, inventory: Inventory): Exposure[] {
  return inventory.all(routeKinds).flatMap((route) =>
    backends(route).flatMap(({ name, namespace }): Exposure[] => {
      const place = namespace.absent ? route.namespace : namespace.text;
      if (place !== undefined && service.namespace !== undefined && place !== service.namespace) return [];
      const by = titleOf(route);
      if (name.unknown || namespace.unknown || service.name === undefined) return [{ answer: "unknown", by }];
      return name.text === service.name ? [{ answer: "yes", by }] : [];
    }),
  );
}

/** The ways from outside to a workload's pods, through any Service. */
export function exposuresOf(workload: KubernetesObject, inventory: Inventory): Exposure[] {
  return servicesOf({ object: workload, inventory }).flatMap(({ object, answer }) =>
    exposures(object, inventory).map((one) => (answer === "yes" ? one : { ...one, answer: "unknown" as const })),
  );
}
