import { type Custom, objectName } from "./objects.ts";
import type { EdgeSettings } from "./settings.ts";

const apiVersion = "gateway.envoyproxy.io/v1alpha1";

/** Both families of addresses: a limit for one leaves the other free. */
const everyAddress = ["0.0.0.0/0", "::/0"];

/** The first that whoever asks can read. */
const compressors = [
  { type: "Brotli", brotli: {} },
  { type: "Gzip", gzip: {} },
];

/**
 * One policy of each kind: of two for one target Envoy Gateway takes the older alone. What asks who somebody is holds for
 * the route with TLS, or a password would be asked for in clear before the redirect.
 *
 * @see https://gateway.envoyproxy.io/docs/api/extension_types/
 */
export function envoyPolicies(edge: EdgeSettings): Custom[] {
  const kinds: [kind: string, target: string, spec: object][] = [
    ["SecurityPolicy", "HTTPRoute", securityPolicy(edge)],
    ["BackendTrafficPolicy", "Gateway", backendTrafficPolicy(edge)],
    ["ClientTrafficPolicy", "Gateway", clientTrafficPolicy(edge)],
  ];
  const group = "gateway.networking.k8s.io";
  return kinds
    .filter(([, , spec]) => Object.keys(spec).length > 0)
    .map(([kind, target, spec]) => {
      const targetRefs = [{ group, kind: target, name: objectName(edge.name) }];
      return { role: "", apiVersion, kind, spec: { targetRefs, ...spec } };
    });
}

/** The headers of every answer. */
export function headerFilters({ headers }: EdgeSettings): object[] {
  const set = Object.entries(headers).map(([name, value]) => ({ name, value }));
  return set.length === 0 ? [] : [{ type: "ResponseHeaderModifier", responseHeaderModifier: { set } }];
}

function securityPolicy({ cors, hosts, given: { basicAuth, oidc } }: EdgeSettings): object {
  return {
    ...(cors && {
      cors: {
        allowOrigins: cors.origins,
        allowMethods: cors.methods,
        allowHeaders: cors.headers,
        allowCredentials: cors.credentials,
        maxAge: `${cors.maxAgeSeconds}s`,
      },
    }),
    ...(basicAuth && { basicAuth: { users: { name: basicAuth.secret } } }),
    ...(oidc && {
      oidc: {
        provider: { issuer: oidc.issuer },
        clientID: oidc.clientId,
        clientSecret: { name: oidc.clientSecret },
        ...(hosts.length === 1 && { redirectURL: `https://${hosts[0]}/oauth2/callback` }),
      },
    }),
  };
}

function backendTrafficPolicy({ bodyBytes, given: { rateLimitPerMinute, compress } }: EdgeSettings): object {
  const rules = everyAddress.map((value) => ({
    clientSelectors: [{ sourceCIDR: { type: "Distinct", value } }],
    limit: { requests: rateLimitPerMinute, unit: "Minute" },
  }));
  return {
    ...(rateLimitPerMinute !== undefined && { rateLimit: { type: "Local", local: { rules } } }),
    ...(compress && { compressor: compressors }),
    ...(bodyBytes !== undefined && { requestBuffer: { limit: String(bodyBytes) } }),
  };
}

function clientTrafficPolicy({ given: { webSockets } }: EdgeSettings): object {
  return webSockets ? { timeout: { http: { streamIdleTimeout: "1h" } } } : {};
}
