import type { types } from "@pulumi/kubernetes";
import { envoyPolicies, headerFilters } from "./envoy.ts";
import { gateway, plainRoute as plainGatewayRoute, route } from "./gateway.ts";
import { haproxyAnnotations } from "./haproxy.ts";
import { ingressSpec } from "./ingress.ts";
import { type Annotations, type Custom, objectName } from "./objects.ts";
import type { EdgeSettings } from "./settings.ts";
import { middlewares, pathMiddlewares, plainRoute, traefikAnnotations, weighedRoute } from "./traefik.ts";

/** What a controller is given. What routes refer to comes before them: none is ever open without its guards. */
export interface Planned {
  before: Custom[];
  ingress?: { annotations: Annotations; spec: types.input.networking.v1.IngressSpec };
  routes: Custom[];
}

export function planned(edge: EdgeSettings): Planned {
  switch (edge.controller.way) {
    case "haproxy":
      return { before: [], ingress: { annotations: haproxyAnnotations(edge), spec: ingressSpec(edge) }, routes: [] };
    case "traefik":
      return traefikIngress(edge);
    case "traefikGateway":
      return traefikGateway(edge);
    case "envoy":
      return {
        before: [...envoyPolicies(edge), gateway(edge)],
        routes: [...led(edge, headerFilters(edge)), ...(isSecure(edge) ? [plainGatewayRoute(edge, [])] : [])],
      };
  }
}

function traefikIngress(edge: EdgeSettings): Planned {
  const through = [...middlewares(edge), ...pathMiddlewares(edge)];
  const [secure, plain] = isSecure(edge) ? plainRoute(edge, limits(through)) : [];
  if (edge.weighed) {
    const { service, route } = weighedRoute(edge, through);
    const before = [...through, ...(secure ? [secure] : []), ...(service ? [service] : [])];
    return { before, routes: [route, ...(plain ? [plain] : [])] };
  }
  return {
    before: [...through, ...(secure ? [secure] : [])],
    ingress: { annotations: traefikAnnotations(edge, through), spec: ingressSpec(edge) },
    routes: plain ? [plain] : [],
  };
}

function traefikGateway(edge: EdgeSettings): Planned {
  const through = isTheirs(edge) ? [] : middlewares(edge);
  const filters = (all: Custom[]) =>
    all.map(({ kind, role }) => {
      const extensionRef = { group: "traefik.io", kind, name: objectName(edge.name, role) };
      return { type: "ExtensionRef", extensionRef };
    });
  const plain = isSecure(edge) ? [plainGatewayRoute(edge, filters(limits(through)))] : [];
  return { before: [...through, gateway(edge)], routes: [...led(edge, filters(through)), ...plain] };
}

/** The HTTPRoute to the app, where Flagger does not make it. */
function led(edge: EdgeSettings, filters: object[]): Custom[] {
  return isTheirs(edge) ? [] : [route(edge, filters)];
}

const isTheirs = ({ weighed, engine }: EdgeSettings) => weighed && engine === "flagger";

const isSecure = ({ certificate }: EdgeSettings) => certificate !== undefined;

/** What holds for a request that is only sent on. */
const limits = (all: Custom[]) => all.filter(({ role }) => role === "rate");
