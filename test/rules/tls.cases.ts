import { gatewayTls } from "../../core/rules/network/gatewayTls.ts";
import { httpsRedirect, noPlainLoadBalancer } from "../../core/rules/network/httpsOnly.ts";
import { httpsUrls } from "../../core/rules/network/httpsUrls.ts";
import { manifest, withContainer } from "./manifests.ts";
import { tables } from "./table.ts";

const { cases, table } = tables();

export { cases };

const ingress = (annotations: object) =>
  manifest("Ingress", { spec: { tls: [{ hosts: ["a.example"] }] } }, { annotations });
const traefik = (spec: object) =>
  manifest("IngressRoute", { spec: { routes: [{ match: "Host(`a.example`)" }], ...spec } });
table(httpsRedirect, {
  refuses: {
    "a redirect switched off": ingress({ "nginx.ingress.kubernetes.io/ssl-redirect": "false" }),
    "a forced one switched off": ingress({ "nginx.ingress.kubernetes.io/force-ssl-redirect": "false" }),
    "HAProxy's switched off": ingress({ "haproxy.org/ssl-redirect": "OFF" }),
    "plain HTTP allowed by name": ingress({ "kubernetes.io/ingress.allow-http": "true" }),
    "Traefik's plain entry point": ingress({ "traefik.ingress.kubernetes.io/router.entrypoints": "websecure, web" }),
    "Traefik's route without TLS": traefik({ entryPoints: ["web"] }),
    "Traefik's route on every entry point": traefik({}),
  },
  passes: {
    "a redirect": ingress({ "nginx.ingress.kubernetes.io/ssl-redirect": "true" }),
    "no word of it, which redirects": ingress({}),
    "plain HTTP refused": ingress({ "kubernetes.io/ingress.allow-http": "false" }),
    "Traefik's route with TLS": traefik({ entryPoints: ["websecure"], tls: {} }),
    "Traefik's route that redirects": traefik({
      entryPoints: ["web"],
      routes: [{ match: "a", middlewares: [{ name: "redirect-to-https" }] }],
    }),
  },
});

const service = (type: string, ports: object[], annotations = {}) =>
  manifest("Service", { spec: { type, ports } }, { annotations });
table(noPlainLoadBalancer, {
  refuses: {
    "port 80 alone": service("LoadBalancer", [{ port: 80, targetPort: "http" }]),
    "port 80 as a text": service("LoadBalancer", [{ port: "80" }]),
    "HTTP by its name": service("LoadBalancer", [{ port: 3000, name: "http" }]),
    "HTTP by its protocol": service("LoadBalancer", [{ port: 3000, appProtocol: "http" }]),
  },
  passes: {
    "HTTPS beside it": service("LoadBalancer", [{ port: 80 }, { port: 443 }]),
    "port 80 within the cluster": service("ClusterIP", [{ port: 80 }]),
    "a load balancer of the cloud's own network": service("LoadBalancer", [{ port: 80 }], {
      "service.beta.kubernetes.io/aws-load-balancer-internal": "true",
    }),
    "another protocol": service("LoadBalancer", [{ port: 25, name: "smtp" }]),
  },
});

const listener = (protocol: string, more: object = {}) => ({
  name: protocol.toLowerCase(),
  protocol,
  port: protocol === "HTTP" ? 80 : 443,
  ...more,
});
const gateway = (...listeners: object[]) => manifest("Gateway", { spec: { listeners } }, { name: "edge" });
const both = gateway(listener("HTTP"), listener("HTTPS", { tls: {} }));
const route = (parent: object, rule: object = { backendRefs: [{ name: "web", port: 80 }] }) =>
  manifest("HTTPRoute", { spec: { parentRefs: [{ name: "edge", ...parent }], rules: [rule] } });
const redirect = { filters: [{ type: "RequestRedirect", requestRedirect: { scheme: "https", statusCode: 301 } }] };
table(gatewayTls, {
  refuses: {
    "a Gateway with nothing but plain HTTP": gateway(listener("HTTP")),
    "HTTPS without a certificate": gateway(listener("HTTPS")),
    "a route on the plain listener": [route({ sectionName: "http" }), both],
    "a route that names no listener": [route({}), both],
    "a route on the plain port": [route({ port: 80 }), both],
    "a route on a plain listener made elsewhere": route({ sectionName: "http" }),
    "a redirect that stays plain": [
      route({ sectionName: "http" }, { filters: [{ requestRedirect: { hostname: "b.example" } }] }),
      both,
    ],
  },
  passes: {
    "both, to redirect on one": both,
    "a route on the HTTPS listener": [route({ sectionName: "https" }), both],
    "a redirect on the plain one": [route({ sectionName: "http" }, redirect), both],
    "a route on an HTTPS listener made elsewhere": route({ sectionName: "https" }),
    "a route of a mesh": route({ kind: "Service", group: "" }),
  },
});

const variables = (values: Record<string, unknown>) =>
  withContainer({ env: Object.entries(values).map(([name, value]) => ({ name, value })) });
table(httpsUrls, {
  refuses: {
    "a public address": variables({ NEXT_PUBLIC_API_URL: "http://api.avnir.studio" }),
    "one with a port and a path": variables({ SERVER_URL: "http://api.mecapy.com:8080/v1" }),
    "one of a list": variables({ CALLBACK_URLS: "https://a.example.org/cb,HTTP://b.example.org/cb" }),
    "one in a ConfigMap": manifest("ConfigMap", { data: { BETTER_AUTH_URL: "http://avnir.studio" } }),
    "one in a file": manifest("ConfigMap", {
      data: { "app.yaml": "auth:\n  issuer: http://auth.mecapy.com/realms/a\n  b: c\n" },
    }),
    "an option": withContainer({ args: ["--site-url=http://shop.example.org"] }),
    "an outside address": variables({ STATUS_URL: "http://203.0.113.7/" }),
  },
  passes: {
    https: variables({ SERVER_URL: "https://api.mecapy.com" }),
    "a service": variables({
      API_URL: "http://api:8000",
      AUTH_URL: "http://auth.shop:8080",
      X_URL: "http://x.avnir-staging",
    }),
    "its full name": variables({ API_URL: "http://api.shop.svc.cluster.local:8000", B_URL: "http://b.shop.svc" }),
    "the pod itself": variables({
      KC_URL: "http://localhost:8080",
      A_URL: "http://127.0.0.1",
      B_URL: "http://[::1]:80",
    }),
    "a private network": variables({ METRICS_ENDPOINT: "http://10.0.0.7:4318", NAS_URL: "http://nas.internal" }),
    "another setting": variables({
      HTTP_PROXY: "http://proxy.example.org:3128",
      XMLNS_URL: "http://www.w3.org/2000/svg",
    }),
  },
});
