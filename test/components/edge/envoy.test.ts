import assert from "node:assert/strict";
import { edge, objects, specOf } from "./declaredEdge.ts";
import { answers, usual } from "./everything.ts";

const controller = { family: "envoy", className: "eg" };
const group = "gateway.networking.k8s.io";

describe("the edge by Envoy Gateway", () => {
  it("is a Gateway of the app's own, a route for TLS and one that sends plain HTTP on", async () => {
    const made = await edge({ ...usual, otherHosts: [], timeoutSeconds: 30 }, { controller });
    const allowedRoutes = { namespaces: { from: "Same" } };
    assert.deepEqual(specOf(made, "Gateway"), {
      gatewayClassName: "eg",
      listeners: [
        { name: "http-0", hostname: "avnir.studio", port: 80, protocol: "HTTP", allowedRoutes },
        {
          name: "https-0",
          hostname: "avnir.studio",
          port: 443,
          protocol: "HTTPS",
          tls: { mode: "Terminate", certificateRefs: [{ kind: "Secret", name: "api-edge-certificate" }] },
          allowedRoutes,
        },
      ],
    });
    const set = Object.entries(answers).map(([name, value]) => ({ name, value }));
    const filters = [{ type: "ResponseHeaderModifier", responseHeaderModifier: { set } }];
    const served = (value: string, rewrite?: string) => ({
      matches: [{ path: { type: "PathPrefix", value } }],
      filters:
        rewrite === undefined
          ? filters
          : [
              ...filters,
              {
                type: "URLRewrite",
                urlRewrite: { path: { type: "ReplacePrefixMatch", replacePrefixMatch: rewrite } },
              },
            ],
      backendRefs: [{ name: "api", port: 3000 }],
      timeouts: { request: "30s" },
    });
    assert.deepEqual(specOf(made, "HTTPRoute"), {
      parentRefs: [{ name: "api-edge", sectionName: "https-0" }],
      hostnames: ["avnir.studio"],
      rules: [served("/api", "/"), served("/v1.0", "/v2"), served("/")],
    });
    assert.deepEqual(specOf(made, "HTTPRoute", "api-edge-plain"), {
      parentRefs: [{ name: "api-edge", sectionName: "http-0" }],
      hostnames: ["avnir.studio"],
      rules: [
        {
          matches: [{ path: { type: "PathPrefix", value: "/" } }],
          filters: [{ type: "RequestRedirect", requestRedirect: { scheme: "https", statusCode: 301 } }],
        },
      ],
    });
  });

  it("guards by one policy of each kind, and asks for no password in clear [MP-133 AV-11]", async () => {
    const made = await edge({ ...usual, bodySize: "10Mi", compress: true }, { controller });
    assert.deepEqual(specOf(made, "SecurityPolicy"), {
      targetRefs: [{ group, kind: "HTTPRoute", name: "api-edge" }],
      cors: {
        allowOrigins: ["https://app.avnir.studio", "https://admin.avnir.studio:8443"],
        allowMethods: ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"],
        allowHeaders: ["Authorization", "Content-Type"],
        allowCredentials: true,
        maxAge: "600s",
      },
      basicAuth: { users: { name: "api-users" } },
    });
    const limit = { requests: 600, unit: "Minute" };
    const each = (value: string) => ({ clientSelectors: [{ sourceCIDR: { type: "Distinct", value } }], limit });
    assert.deepEqual(specOf(made, "BackendTrafficPolicy"), {
      targetRefs: [{ group, kind: "Gateway", name: "api-edge" }],
      rateLimit: { type: "Local", local: { rules: [each("0.0.0.0/0"), each("::/0")] } },
      compressor: [
        { type: "Brotli", brotli: {} },
        { type: "Gzip", gzip: {} },
      ],
      requestBuffer: { limit: "10485760" },
    });
  });

  it("signs people in by OpenID Connect, and leaves WebSockets open", async () => {
    const oidc = { issuer: "https://auth.mecapy.com/realms/mecapy", clientId: "api", clientSecret: "api-oidc" };
    const tls = { secret: "mecapy-com" };
    const made = await edge({ host: "api.mecapy.com", tls, oidc, webSockets: true }, { controller });
    assert.deepEqual(specOf(made, "SecurityPolicy").oidc, {
      provider: { issuer: "https://auth.mecapy.com/realms/mecapy" },
      clientID: "api",
      clientSecret: { name: "api-oidc" },
      redirectURL: "https://api.mecapy.com/oauth2/callback",
    });
    assert.deepEqual(specOf(made, "ClientTrafficPolicy").timeout, { http: { streamIdleTimeout: "1h" } });
    assert.deepEqual(objects(made), [
      "ClientTrafficPolicy api-edge",
      "SecurityPolicy api-edge",
      "Gateway api-edge",
      "HTTPRoute api-edge",
      "HTTPRoute api-edge-plain",
      "NetworkPolicy api-edge-in",
    ]);
  });

  it("leads elsewhere by redirect", async () => {
    const redirects = { "/a": { to: "https://docs.example.org:8443/start" }, "/b": { to: "https://example.org" } };
    const made = await edge({ host: "a.example.org", tls: { issuer: "ca" }, redirects }, { controller });
    const away = specOf(made, "HTTPRoute").rules.map(
      (rule: { filters: { requestRedirect?: object }[] }) => rule.filters.at(-1)!.requestRedirect,
    );
    const path = (replaceFullPath: string) => ({ type: "ReplaceFullPath", replaceFullPath });
    assert.deepEqual(away, [
      { scheme: "https", hostname: "docs.example.org", port: 8443, path: path("/start"), statusCode: 302 },
      { scheme: "https", hostname: "example.org", path: path("/"), statusCode: 302 },
      undefined,
    ]);
  });
});
