import assert from "node:assert/strict";
import { annotationsOf, edge, objects, specOf } from "./declaredEdge.ts";
import { answers, usual } from "./everything.ts";

const controller = { family: "traefik" };
const all = {
  ...usual,
  compress: true,
  bodySize: "10Mi",
  timeoutSeconds: 30,
  webSockets: true,
  redirects: { "/old": { to: "/new", permanent: true }, "/docs": { to: "https://docs.avnir.studio/start" } },
};
const names = ["headers", "compress", "rate", "body", "auth", "redirect-0", "redirect-1", "rewrite-0", "rewrite-1"];

describe("the edge by Traefik's Ingress", () => {
  it("is an Ingress for TLS, led through a Middleware for each thing [AV-41 DP-48]", async () => {
    const made = await edge(all, { controller });
    assert.deepEqual(annotationsOf(made), {
      "traefik.ingress.kubernetes.io/router.entrypoints": "websecure",
      "traefik.ingress.kubernetes.io/router.tls": "true",
      "traefik.ingress.kubernetes.io/router.middlewares": names
        .map((name) => `shop-api-edge-${name}@kubernetescrd`)
        .join(","),
    });
    const paths = [{ path: "/", pathType: "Prefix", backend: { service: { name: "api", port: { number: 3000 } } } }];
    assert.deepEqual(specOf(made, "Ingress"), {
      ingressClassName: "traefik",
      tls: [{ hosts: ["avnir.studio", "www.avnir.studio"], secretName: "api-edge-certificate" }],
      rules: ["avnir.studio", "www.avnir.studio"].map((host) => ({ host, http: { paths } })),
    });
    assert.equal(made.url, "https://avnir.studio");
  });

  it("says in its Middlewares what was asked for [MP-74 MP-75 MP-77 MP-85 MP-87 MP-133]", async () => {
    const made = await edge(all, { controller });
    const middleware = (role: string) => specOf(made, "Middleware", `api-edge-${role}`);
    assert.deepEqual(Object.fromEntries(names.map((name) => [name, middleware(name)])), {
      headers: {
        headers: {
          customResponseHeaders: answers,
          accessControlAllowOriginList: ["https://app.avnir.studio", "https://admin.avnir.studio:8443"],
          accessControlAllowMethods: ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"],
          accessControlAllowHeaders: ["Authorization", "Content-Type"],
          accessControlAllowCredentials: true,
          accessControlMaxAge: 600,
          addVaryHeader: true,
        },
      },
      compress: { compress: {} },
      rate: { rateLimit: { average: 600, period: "1m", burst: 600 } },
      body: { buffering: { maxRequestBodyBytes: 10_485_760 } },
      auth: { basicAuth: { secret: "api-users", removeHeader: true } },
      "redirect-0": {
        // biome-ignore lint/suspicious/noTemplateCurlyInString: it is Traefik's own
        redirectRegex: { regex: "^(https?://[^/]+)/old([?].*)?$", replacement: "${1}/new${2}", permanent: true },
      },
      "redirect-1": {
        redirectRegex: {
          regex: "^(https?://[^/]+)/docs([?].*)?$",
          // biome-ignore lint/suspicious/noTemplateCurlyInString: it is Traefik's own
          replacement: "https://docs.avnir.studio/start${2}",
          permanent: false,
        },
      },
      "rewrite-0": { replacePathRegex: { regex: "^/api(/(.*))?$", replacement: "/$2" } },
      "rewrite-1": { replacePathRegex: { regex: "^/v1[.]0(/.*)?$", replacement: "/v2$1" } },
    });
  });

  it("sends plain HTTP on, limited but without a password asked in clear [DP-21]", async () => {
    const made = await edge(all, { controller });
    assert.deepEqual(specOf(made, "IngressRoute", "api-edge-plain"), {
      entryPoints: ["web"],
      routes: [
        {
          kind: "Rule",
          match: "Host(`avnir.studio`) || Host(`www.avnir.studio`)",
          middlewares: [{ name: "api-edge-rate" }, { name: "api-edge-https" }],
          services: [{ kind: "TraefikService", name: "noop@internal" }],
        },
      ],
    });
    assert.deepEqual(specOf(made, "Middleware", "api-edge-https"), {
      redirectScheme: { scheme: "https", permanent: true },
    });
    const below = await edge({ ...usual, otherHosts: [], rewrites: {}, paths: ["/api", "/ws"] }, { controller });
    const [route] = specOf(below, "IngressRoute", "api-edge-plain").routes;
    assert.equal(route.match, "(Host(`avnir.studio`)) && (PathPrefix(`/api`) || PathPrefix(`/ws`))");
  });

  it("tells the Service how long the app may take [AV-43]", async () => {
    const made = await edge(all, { controller });
    assert.deepEqual(specOf(made, "ServersTransport", "api-edge-transport"), {
      forwardingTimeouts: { responseHeaderTimeout: "30s" },
    });
    const told = await new Promise((tell) =>
      (Object.values(made.service as object)[0] as { apply(told: typeof tell): void }).apply(tell),
    );
    assert.equal(told, "shop-api-edge-transport@kubernetescrd");
    assert.deepEqual(Object.keys(made.service as object), ["traefik.ingress.kubernetes.io/service.serverstransport"]);
  });

  it("is plain in dev where there is no certificate, without a word of HSTS [MP-76 MP-86]", async () => {
    const made = await edge({ host: "avnir.localhost" }, { stage: "dev", controller });
    assert.deepEqual(objects(made), ["Ingress api-edge", "NetworkPolicy api-edge-in", "Middleware api-edge-headers"]);
    const { customResponseHeaders } = specOf(made, "Middleware", "api-edge-headers").headers;
    assert.deepEqual(customResponseHeaders, {
      "X-Content-Type-Options": "nosniff",
      "X-Frame-Options": "DENY",
      "Referrer-Policy": "strict-origin-when-cross-origin",
      "X-DNS-Prefetch-Control": "on",
    });
    assert.equal(annotationsOf(made)["traefik.ingress.kubernetes.io/router.entrypoints"], "web");
    assert.equal(made.url, "http://avnir.localhost");
  });
});

describe("the edge by Traefik's Gateway API", () => {
  it("leads an HTTPRoute through the same Middlewares, and lets it find the paths", async () => {
    const { timeoutSeconds: _, ...can } = all;
    const made = await edge(can, {
      controller: { family: "traefik", api: "gateway", httpPort: 8000, httpsPort: 8443 },
    });
    const through = (name: string) => ({
      type: "ExtensionRef",
      extensionRef: { group: "traefik.io", kind: "Middleware", name: `api-edge-${name}` },
    });
    const filters = ["headers", "compress", "rate", "body", "auth"].map(through);
    const { rules, parentRefs } = specOf(made, "HTTPRoute");
    assert.deepEqual(parentRefs, [
      { name: "api-edge", sectionName: "https-0" },
      { name: "api-edge", sectionName: "https-1" },
    ]);
    assert.deepEqual(rules[0], {
      matches: [{ path: { type: "Exact", value: "/old" } }],
      filters: [
        ...filters,
        {
          type: "RequestRedirect",
          requestRedirect: {
            scheme: "https",
            path: { type: "ReplaceFullPath", replaceFullPath: "/new" },
            statusCode: 301,
          },
        },
      ],
    });
    assert.deepEqual(rules.at(-1), {
      matches: [{ path: { type: "PathPrefix", value: "/" } }],
      filters,
      backendRefs: [{ name: "api", port: 3000 }],
    });
    const [plain] = specOf(made, "HTTPRoute", "api-edge-plain").rules;
    assert.deepEqual(plain.filters[0], through("rate"));
    const ports = specOf(made, "Gateway").listeners.map(({ port }: { port: number }) => port);
    assert.deepEqual(ports, [8000, 8443, 8000, 8443]);
  });
});
