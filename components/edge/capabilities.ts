import type { EdgeArgs } from "./args.ts";
import type { WayName } from "./ways.ts";

/** What not every controller can do alike. */
export type Feature = Exclude<keyof EdgeArgs, "host" | "otherHosts" | "paths" | "tls" | "maintenance">;

/** How a controller does it, or why it can't. */
export interface Capability {
  readonly can: boolean;
  readonly how: string;
}

const by = (how: string): Capability => ({ can: true, how });
const not = (how: string): Capability => ({ can: false, how });

/** By Ingress and by Gateway API it leads requests through the same middlewares. */
const traefik = (one: Capability) => ({ traefik: one, traefikGateway: one });
const middleware = (name: string) => by(`Middleware \`${name}\``);
const annotation = (name: string) => by(`\`haproxy.org/${name}\``);

/**
 * Each feature by each way; `docs/edge.md` shows it as it stands here. By the sources of Traefik 3.6, of HAProxy
 * Technologies' Kubernetes Ingress Controller 3.2 and of Envoy Gateway 1.8.
 */
export const capabilities: Readonly<Record<Feature, Readonly<Record<WayName, Capability>>>> = {
  headers: {
    ...traefik(middleware("headers")),
    haproxy: by("`haproxy.org/response-set-header`; not on answers of its own, such as 429"),
    envoy: by("HTTPRoute `ResponseHeaderModifier`"),
  },
  cors: {
    ...traefik(middleware("headers")),
    haproxy: by("`haproxy.org/cors-allow-origin`, a pattern of the exact origins; it answers every OPTIONS itself"),
    envoy: by("SecurityPolicy `cors`"),
  },
  rateLimitPerMinute: {
    ...traefik(by("Middleware `rateLimit`; counted in each pod of Traefik, for each host and path by itself")),
    haproxy: by("`haproxy.org/rate-limit-requests`; counted in each pod, for all apps with a limit together"),
    envoy: by(
      "BackendTrafficPolicy `rateLimit.local` by `Distinct` address; counted in each pod, for each path by itself",
    ),
  },
  compress: {
    ...traefik(by("Middleware `compress`, from 1024 bytes on")),
    haproxy: not("its manual names no annotation for it"),
    envoy: by("BackendTrafficPolicy `compressor`: Brotli and gzip"),
  },
  bodySize: {
    ...traefik(by("Middleware `buffering`, which holds request and answer until they are whole")),
    haproxy: not("it has no annotation for it but configuration as text"),
    envoy: by("BackendTrafficPolicy `requestBuffer`, which holds the request until it is whole; never with WebSockets"),
  },
  timeoutSeconds: {
    traefik: by("ServersTransport `responseHeaderTimeout`"),
    traefikGateway: not("it reads no timeouts of an HTTPRoute"),
    haproxy: annotation("timeout-server"),
    envoy: by("HTTPRoute `timeouts.request`"),
  },
  webSockets: {
    ...traefik(by("nothing: it closes none")),
    haproxy: by("nothing: an hour is its `timeout-tunnel`"),
    envoy: by("ClientTrafficPolicy `streamIdleTimeout`; its own is five minutes"),
  },
  rewrites: {
    traefik: middleware("replacePathRegex"),
    traefikGateway: by("HTTPRoute `URLRewrite`"),
    haproxy: annotation("path-rewrite"),
    envoy: by("HTTPRoute `URLRewrite`"),
  },
  redirects: {
    traefik: middleware("redirectRegex"),
    traefikGateway: by("HTTPRoute `RequestRedirect`"),
    haproxy: not("its `request-redirect` leads to another host, not to another path"),
    envoy: by("HTTPRoute `RequestRedirect`"),
  },
  basicAuth: {
    ...traefik(by("Middleware `basicAuth`; the Secret's key `users` holds lines of htpasswd")),
    haproxy: by("`haproxy.org/auth-secret`; each key of the Secret is a user, its value a hash of crypt(3)"),
    envoy: by("SecurityPolicy `basicAuth`; the Secret's key `.htpasswd` holds lines of htpasswd, by SHA alone"),
  },
  oidc: {
    ...traefik(not("it can only ask another server, by `forwardAuth`")),
    haproxy: not("it has no annotation for it"),
    envoy: by("SecurityPolicy `oidc`"),
  },
};
