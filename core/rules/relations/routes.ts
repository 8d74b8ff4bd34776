import { Field } from "../reading/field.ts";
import type { KubernetesObject } from "../reading/kubernetesObject.ts";
import type { Entry } from "./entry.ts";
import { traefikEntries } from "./traefikRoute.ts";

/** What leads requests from outside to a Service, in one shape for all makes. */
export const routeKinds = [
  "Ingress",
  "HTTPRoute",
  "GRPCRoute",
  "TLSRoute",
  "TCPRoute",
  "UDPRoute",
  "IngressRoute",
  "TraefikService",
];

/** A Service that a route sends to. */
export interface Backend {
  readonly name: Field;
  /** Absent where the route leaves it to the Service. */
  readonly port: Field;
  /** Another namespace than the route's own. */
  readonly namespace: Field;
}

const none = new Field(undefined);

export function backends({ kind, root }: KubernetesObject): Backend[] {
  if (!routeKinds.includes(kind)) return [];
  const spec = root.at("spec");
  if (kind === "Ingress") {
    const paths = below(spec.at("rules"), "http", "paths").map((path) => path.at("backend"));
    return [spec.at("defaultBackend"), spec.at("backend"), ...paths].filter(({ absent }) => !absent).flatMap(ofIngress);
  }
  const references =
    kind === "TraefikService"
      ? spec.at("weighted", "services").items()
      : kind === "IngressRoute"
        ? below(spec.at("routes"), "services")
        : below(spec.at("rules"), "backendRefs");
  return references.flatMap((reference) => {
    const kindOfTarget = reference.at("kind");
    if (!reference.unknown && !kindOfTarget.absent && kindOfTarget.text !== "Service") return [];
    return [{ name: reference.at("name"), port: reference.at("port"), namespace: reference.at("namespace") }];
  });
}

/** `service.name` and `service.port.number` or `.name`; `serviceName` and `servicePort` in the older API. */
function ofIngress(backend: Field): Backend[] {
  const [old, service] = [backend.at("serviceName"), backend.at("service")];
  if (!old.absent) return [{ name: old, port: backend.at("servicePort"), namespace: none }];
  if (service.absent) return [];
  const number = service.at("port", "number");
  const port = number.absent ? service.at("port", "name") : number;
  return [{ name: service.at("name"), port, namespace: none }];
}

export function entries({ kind, root }: KubernetesObject): Entry[] {
  const spec = root.at("spec");
  if (kind === "Ingress") {
    return spec
      .at("rules")
      .items()
      .flatMap((rule) =>
        rule
          .at("http", "paths")
          .items()
          .map((path) => ({ host: rule.at("host"), path: path.at("path"), type: path.at("pathType") })),
      );
  }
  if (kind === "IngressRoute") return traefikEntries(spec);
  if (!routeKinds.includes(kind)) return [];
  const matches = below(spec.at("rules"), "matches");
  const whole = matches.filter((match) => !asksMore(match));
  const paths = whole.map((match) => ({ path: match.at("path", "value"), type: match.at("path", "type") }));
  const all = matches.length > 0 ? paths : [{ path: none, type: none }];
  return hosts({ kind, root }).flatMap((host) => all.map((one) => ({ host, ...one })));
}

/** It takes a share of a path on purpose: what a header, a method or a query asks for. */
const asksMore = (match: Field) => ["headers", "method", "queryParams"].some((key) => !match.at(key).absent);

/** The hosts for which a route or a gateway is there. */
export function hosts({ kind, root }: Pick<KubernetesObject, "kind" | "root">): Field[] {
  const spec = root.at("spec");
  if (kind === "Ingress") return below(spec.at("rules")).map((rule) => rule.at("host"));
  if (kind === "IngressRoute") return traefikEntries(spec).map(({ host }) => host);
  if (kind === "Gateway") return below(spec.at("listeners")).map((listener) => listener.at("hostname"));
  return routeKinds.includes(kind) ? spec.at("hostnames").items() : [];
}

/** The items of a list, and of the lists in them under these keys. */
function below(list: Field, ...keys: string[]): Field[] {
  return keys.length === 0 ? list.items() : list.items().flatMap((item) => item.at(...keys).items());
}
