import * as pulumi from "@pulumi/pulumi";
import { type Annotations, type Custom, objectName } from "./objects.ts";
import { literally } from "./pathPattern.ts";
import type { EdgeSettings } from "./settings.ts";
import { committedTo, sharesOf } from "./weighed.ts";

const apiVersion = "traefik.io/v1alpha1";

/** Its entry points, as its chart names them. */
const entryPoints = { plain: "web", secure: "websecure" };

type Middleware = [role: string, spec: object];

/**
 * What both of its APIs lead requests through, in this order: with the headers first, whoever is turned away gets them too.
 *
 * @see https://doc.traefik.io/traefik/reference/routing-configuration/http/middlewares/overview/
 */
export function middlewares(edge: EdgeSettings): Custom[] {
  const { headers, bodyBytes, given } = edge;
  const { rateLimitPerMinute: perMinute, compress, basicAuth } = given;
  const all: (Middleware | undefined)[] = [
    ["headers", { headers: { customResponseHeaders: headers, ...corsHeaders(edge) } }],
    compress ? ["compress", { compress: {} }] : undefined,
    perMinute === undefined
      ? undefined
      : ["rate", { rateLimit: { average: perMinute, period: "1m", burst: perMinute } }],
    bodyBytes === undefined ? undefined : ["body", { buffering: { maxRequestBodyBytes: bodyBytes } }],
    basicAuth && ["auth", { basicAuth: { secret: basicAuth.secret, removeHeader: true } }],
  ];
  return all.flatMap((one) => (one ? [custom("Middleware", one)] : []));
}

/** What an HTTPRoute does itself, for an Ingress. */
export function pathMiddlewares({ redirects, rewrites }: EdgeSettings): Custom[] {
  const away = redirects.map(({ from, to, permanent }, index): Middleware => {
    const regex = `^(https?://[^/]+)${literally(from)}([?].*)?$`;
    const replacement = to.startsWith("/") ? `\${1}${to}\${2}` : `${to}\${2}`;
    return [`redirect-${index}`, { redirectRegex: { regex, replacement, permanent } }];
  });
  const within = rewrites.map(([from, to], index): Middleware => {
    const path = literally(from);
    const pattern = to === "/" ? [`^${path}(/(.*))?$`, "/$2"] : [`^${path}(/.*)?$`, `${to}$1`];
    return [`rewrite-${index}`, { replacePathRegex: { regex: pattern[0], replacement: pattern[1] } }];
  });
  return [...away, ...within].map((one) => custom("Middleware", one));
}

/** What leads to a share of the pods, which an Ingress can't: it and the route to it take the Ingress's place. */
export function weighedRoute(edge: EdgeSettings, through: Custom[]): { service?: Custom; route: Custom } {
  const { name, backend, certificate, given } = edge;
  const serversTransport =
    given.timeoutSeconds === undefined ? {} : { serversTransport: objectName(name, "transport") };
  const services = sharesOf(edge, { name: backend.service, port: backend.port, ...serversTransport });
  // Flagger's own has the app's name.
  const theirs = edge.engine === "flagger";
  const route = {
    kind: "Rule",
    match: matchOf(edge),
    middlewares: through.map(({ role }) => ({ name: objectName(name, role) })),
    services: [{ kind: "TraefikService", name: theirs ? name : objectName(name) }],
  };
  const tls = certificate === undefined ? {} : { tls: { secretName: certificate } };
  const entry = certificate === undefined ? entryPoints.plain : entryPoints.secure;
  return {
    ...(!theirs && {
      service: { ...custom("TraefikService", ["", { weighted: { services } }]), ...committedTo(edge) },
    }),
    route: custom("IngressRoute", ["", { entryPoints: [entry], routes: [route], ...tls }]),
  };
}

/** Whoever comes by plain HTTP is sent on, unasked for a password: the Ingress itself is there for TLS alone. */
export function plainRoute(edge: EdgeSettings, through: Custom[]): Custom[] {
  const { name } = edge;
  const route = {
    kind: "Rule",
    match: matchOf(edge),
    middlewares: [...through, { role: "https" }].map(({ role }) => ({ name: objectName(name, role) })),
    services: [{ kind: "TraefikService", name: "noop@internal" }],
  };
  return [
    custom("Middleware", ["https", { redirectScheme: { scheme: "https", permanent: true } }]),
    custom("IngressRoute", ["plain", { entryPoints: [entryPoints.plain], routes: [route] }]),
  ];
}

export function traefikAnnotations({ name, namespace, certificate }: EdgeSettings, through: Custom[]): Annotations {
  const names = through.map(({ role }) => reference(namespace, objectName(name, role)));
  const secure = certificate !== undefined;
  return {
    "traefik.ingress.kubernetes.io/router.entrypoints": secure ? entryPoints.secure : entryPoints.plain,
    ...(secure && { "traefik.ingress.kubernetes.io/router.tls": "true" }),
    "traefik.ingress.kubernetes.io/router.middlewares": pulumi.all(names).apply((all) => all.join(",")),
  };
}

/** How long the app may take. Its Service names it, by {@link transportAnnotations}. */
export function transport(timeoutSeconds: number): Custom {
  return custom("ServersTransport", [
    "transport",
    { forwardingTimeouts: { responseHeaderTimeout: `${timeoutSeconds}s` } },
  ]);
}

export function transportAnnotations(namespace: pulumi.Input<string>, name: pulumi.Input<string>): Annotations {
  return { "traefik.ingress.kubernetes.io/service.serverstransport": reference(namespace, name) };
}

/** An object of its own kinds, as annotations name it. */
function reference(namespace: pulumi.Input<string>, name: pulumi.Input<string>): pulumi.Output<string> {
  return pulumi.interpolate`${namespace}-${name}@kubernetescrd`;
}

function matchOf({ hosts, paths }: EdgeSettings): string {
  const match = hosts.map((host) => `Host(\`${host}\`)`).join(" || ");
  const prefixes = paths.map((path) => `PathPrefix(\`${path}\`)`).join(" || ");
  return paths.includes("/") ? match : `(${match}) && (${prefixes})`;
}

function corsHeaders({ cors }: EdgeSettings): object {
  if (!cors) return {};
  return {
    accessControlAllowOriginList: cors.origins,
    accessControlAllowMethods: cors.methods,
    accessControlAllowHeaders: cors.headers,
    accessControlAllowCredentials: cors.credentials,
    accessControlMaxAge: cors.maxAgeSeconds,
    addVaryHeader: true,
  };
}

function custom(kind: string, [role, spec]: Middleware): Custom {
  return { role, apiVersion, kind, spec };
}
