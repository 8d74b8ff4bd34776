import { type Custom, objectName } from "./objects.ts";
import type { EdgeSettings } from "./settings.ts";
import { committedTo, sharesOf } from "./weighed.ts";

const apiVersion = "gateway.networking.k8s.io/v1";

type Rule = { matches: object[]; filters: object[]; [field: string]: unknown };

/**
 * A Gateway of the app's own, so that its certificate stays in its namespace; Envoy Gateway serves several behind one
 * address where its EnvoyProxy says `mergeGateways`.
 */
export function gateway({ controller, hosts, certificate }: EdgeSettings): Custom {
  const allowedRoutes = { namespaces: { from: "Same" } };
  const listeners = hosts.flatMap((hostname, index) => {
    const plain = { name: `http-${index}`, hostname, port: controller.httpPort, protocol: "HTTP", allowedRoutes };
    if (certificate === undefined) return [plain];
    const tls = { mode: "Terminate", certificateRefs: [{ kind: "Secret", name: certificate }] };
    const secure = { name: `https-${index}`, hostname, port: controller.httpsPort, protocol: "HTTPS", tls };
    return [plain, { ...secure, allowedRoutes }];
  });
  return { role: "", apiVersion, kind: "Gateway", spec: { gatewayClassName: controller.className, listeners } };
}

/** What serves the app, on the listeners with TLS where there are any. */
export function route(edge: EdgeSettings, filters: object[]): Custom {
  const { backend, paths, redirects, rewrites, given, certificate } = edge;
  const backendRefs = sharesOf(edge, { name: backend.service, port: backend.port });
  const { timeoutSeconds } = given;
  const timeouts = timeoutSeconds === undefined ? {} : { timeouts: { request: `${timeoutSeconds}s` } };
  const served = (path: string, more: object[] = []): Rule => ({
    matches: [{ path: { type: "PathPrefix", value: path } }],
    filters: [...filters, ...more],
    backendRefs,
    ...timeouts,
  });
  const rules = [
    ...redirects.map(
      ({ from, to, permanent }): Rule => ({
        matches: [{ path: { type: "Exact", value: from } }],
        filters: [
          ...filters,
          { type: "RequestRedirect", requestRedirect: away(to, permanent, certificate !== undefined) },
        ],
      }),
    ),
    ...rewrites.map(([from, to]) => served(from, [rewrite(to)])),
    ...paths.map((path) => served(path)),
  ];
  return { ...httpRoute("", edge, certificate === undefined ? "http" : "https", rules), ...committedTo(edge) };
}

/** What sends plain HTTP on. */
export function plainRoute(edge: EdgeSettings, filters: object[]): Custom {
  const requestRedirect = { scheme: "https", statusCode: 301 };
  const matches = edge.paths.map((value) => ({ path: { type: "PathPrefix", value } }));
  return httpRoute("plain", edge, "http", [
    { matches, filters: [...filters, { type: "RequestRedirect", requestRedirect }] },
  ]);
}

function httpRoute(role: string, { name, hosts }: EdgeSettings, listener: string, rules: Rule[]): Custom {
  const parentRefs = hosts.map((_host, index) => ({ name: objectName(name), sectionName: `${listener}-${index}` }));
  return { role, apiVersion, kind: "HTTPRoute", spec: { parentRefs, hostnames: hosts, rules } };
}

function rewrite(to: string): object {
  return { type: "URLRewrite", urlRewrite: { path: { type: "ReplacePrefixMatch", replacePrefixMatch: to } } };
}

function away(to: string, permanent: boolean, secure: boolean): object {
  const statusCode = permanent ? 301 : 302;
  if (to.startsWith("/")) {
    // Without a scheme Traefik writes the place as `//host/path`, which not every program that asks can follow.
    const scheme = secure ? "https" : "http";
    return { scheme, path: { type: "ReplaceFullPath", replaceFullPath: to }, statusCode };
  }
  const { hostname, port, pathname } = new URL(to);
  const path = { type: "ReplaceFullPath", replaceFullPath: pathname };
  return { scheme: "https", hostname, ...(port && { port: Number(port) }), path, statusCode };
}
