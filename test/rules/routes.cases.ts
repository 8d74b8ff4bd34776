import { rateLimit } from "../../core/rules/network/rateLimit.ts";
import { securityHeaders } from "../../core/rules/network/securityHeaders.ts";
import { manifest } from "./manifests.ts";
import { tables } from "./table.ts";

const { cases, table } = tables();

export { cases };

const ingress = (annotations: object) =>
  manifest("Ingress", { spec: { rules: [{ host: "a.example" }] } }, { annotations });
const through = (...names: string[]) =>
  ingress({
    "traefik.ingress.kubernetes.io/router.middlewares": names.map((name) => `shop-${name}@kubernetescrd`).join(),
  });
const middleware = (spec: object) => manifest("Middleware", { spec }, { name: "guard" });
const route = (...filters: object[]) =>
  manifest("HTTPRoute", {
    spec: { parentRefs: [{ name: "edge" }], rules: [{ filters, backendRefs: [{ name: "web" }] }] },
  });
const policy = (kind: string, rateLimit: object) =>
  manifest("BackendTrafficPolicy", {
    spec: { targetRefs: [{ kind, name: kind === "Gateway" ? "edge" : "web" }], rateLimit },
  });
const each = { global: { rules: [{ clientSelectors: [{ sourceCIDR: { type: "Distinct", value: "0.0.0.0/0" } }] }] } };

table(rateLimit, {
  refuses: {
    "an Ingress without": ingress({}),
    "a limit of none": ingress({ "nginx.ingress.kubernetes.io/limit-rps": "0" }),
    "another middleware": [through("guard"), middleware({ compress: {} })],
    "a limit for all callers together": [
      through("guard"),
      middleware({ rateLimit: { average: 100, sourceCriterion: { requestHost: true } } }),
    ],
    "a route without": route(),
    "a policy for all callers together": [
      route(),
      policy("HTTPRoute", { local: { rules: [{ limit: { requests: 9 } }] } }),
    ],
    "Traefik's route without": manifest("IngressRoute", { spec: { routes: [{ match: "a" }] } }),
  },
  passes: {
    "a limit": ingress({ "nginx.ingress.kubernetes.io/limit-rps": "10" }),
    "HAProxy's": ingress({ "haproxy.org/rate-limit-requests": "100" }),
    "a middleware": [through("guard"), middleware({ rateLimit: { average: 100, burst: 50 } })],
    "Traefik's route through it": [
      manifest("IngressRoute", { spec: { routes: [{ middlewares: [{ name: "guard" }] }] } }),
      middleware({ rateLimit: { average: 5 } }),
    ],
    "a route's filter": [
      route({ type: "ExtensionRef", extensionRef: { kind: "Middleware", name: "guard" } }),
      middleware({ rateLimit: { average: 5 } }),
    ],
    "a policy for the route": [route(), policy("HTTPRoute", each)],
    "a policy for the Gateway": [route(), policy("Gateway", each)],
    "Kong's": [
      ingress({ "konghq.com/plugins": "guard" }),
      manifest("KongPlugin", { plugin: "rate-limiting" }, { name: "guard" }),
    ],
    "what is no route": manifest("Service", { spec: {} }),
  },
});

const headers = { "X-Frame-Options": "DENY", "Strict-Transport-Security": "max-age=63072000; includeSubDomains" };
const sts = { stsSeconds: 63072000, stsIncludeSubdomains: true };
const set = {
  set: [
    { name: "X-Frame-Options", value: "DENY" },
    { name: "strict-transport-security", value: "max-age=63072000;includeSubdomains" },
  ],
};
const asked = (of: Parameters<typeof table>[1]["passes"][string]) => ({ set: { headers }, of });
const snippet = (text: string) => asked(ingress({ "nginx.ingress.kubernetes.io/configuration-snippet": text }));
table(securityHeaders, {
  refuses: {
    "an Ingress without": ingress({}),
    "one of two": snippet('add_header X-Frame-Options "DENY" always;'),
    "another value": asked([
      through("guard"),
      middleware({ headers: { ...sts, customFrameOptionsValue: "SAMEORIGIN" } }),
    ]),
    "a switch that is off": asked([through("guard"), middleware({ headers: { ...sts, frameDeny: false } })]),
    "a route without": asked(route()),
    "a route that only asks for them": asked(route({ type: "RequestHeaderModifier", requestHeaderModifier: set })),
  },
  passes: {
    "nginx's": snippet(
      'add_header X-Frame-Options "DENY" always;\nmore_set_headers "Strict-Transport-Security: max-age=63072000; includeSubDomains";',
    ),
    "nginx's, in a ConfigMap": asked([
      ingress({ "nginx.ingress.kubernetes.io/custom-headers": "shop/headers" }),
      manifest("ConfigMap", { data: headers }, { name: "headers" }),
    ]),
    "HAProxy's": asked(
      ingress({
        "haproxy.org/response-set-header":
          'X-Frame-Options DENY\nStrict-Transport-Security "max-age=63072000; includeSubDomains"',
      }),
    ),
    "Traefik's": asked([through("guard"), middleware({ headers: { ...sts, frameDeny: true } })]),
    "Traefik's by their names": asked([through("guard"), middleware({ headers: { customResponseHeaders: headers } })]),
    "a route's": asked(route({ type: "ResponseHeaderModifier", responseHeaderModifier: set })),
    "a route that only sends plain HTTP on": asked(
      manifest("HTTPRoute", {
        spec: { rules: [{ filters: [{ type: "RequestRedirect", requestRedirect: { scheme: "https" } }] }] },
      }),
    ),
    "Traefik's, that only sends plain HTTP on": asked([
      manifest("IngressRoute", { spec: { routes: [{ match: "a", middlewares: [{ name: "guard" }] }] } }),
      middleware({ redirectScheme: { scheme: "https" } }),
    ]),
    "none, where none is asked": { set: { headers: {} }, of: ingress({}) },
  },
});
