import assert from "node:assert/strict";
import type * as palier from "../../../index.ts";
import { edge, type Where } from "./declaredEdge.ts";

const tls = { secret: "tls" };
const traefik = { controller: { family: "traefik" } };
const refused = async (args: Partial<palier.EdgeArgs>, where: Where = traefik) => {
  try {
    await edge({ host: "a.example.org", tls, ...args }, where);
  } catch (error) {
    return (error as Error).message;
  }
  return "is not refused";
};
const page = (over: Partial<palier.Link> = {}): palier.Link => ({
  kind: "app",
  name: "page",
  host: "page",
  port: 3000,
  selector: { app: "page" },
  ready: "page",
  address: "http://page:3000",
  ...over,
});

describe("an edge that can't be", () => {
  const bad: [args: Partial<palier.EdgeArgs>, path: string, says: RegExp][] = [
    [{ host: "*.example.org" }, "host", /"\*\.example\.org" is not allowed; give one DNS name .*without wildcard/],
    [{ host: "https://a.example.org" }, "host", /without .*scheme/],
    [{ host: "203.0.113.7" }, "host", /no certificate is for an address/],
    [{ host: "a.production.example.org" }, "host", /belongs by its name to production; give a host of staging/],
    [{ host: "api-dev.example.org" }, "host", /belongs by its name to dev/],
    [{ host: "pr-12.example.org" }, "host", /belongs by its name to pr-12/],
    [{ otherHosts: ["b.example.org", "a.example.org"] }, "otherHosts", /"a.example.org" twice/],
    [{ otherHosts: ["b.example.org", "api.prod.example.org"] }, "otherHosts[1]", /belongs by its name to production/],
    [{ paths: ["/api/"] }, "paths[0]", /without one at its end/],
    [{ tls: {} }, "tls", /exactly one of issuer, clusterIssuer, secret and generated: true/],
    [{ tls: { secret: "a", issuer: "b" } }, "tls", /secret and issuer is not allowed; give exactly one/],
    [{ cors: { origins: ["https://a.example.org/app"] } }, "cors.origins[0]", /an exact origin .*without path/],
    [{ cors: { origins: ["*"], credentials: true } }, "cors.origins[0]", /"\*" is not allowed/],
    [{ cors: { origins: ["http://a.example.org"] } }, "cors.origins[0]", /http for localhost alone/],
    [{ cors: { origins: [] } }, "cors.origins", /an empty list/],
    [{ rateLimitPerMinute: 0 }, "rateLimitPerMinute", /0 is not allowed; give a whole number from 1 to 1000000/],
    [{ timeoutSeconds: 3601 }, "timeoutSeconds", /from 1 to 3600/],
    [{ bodySize: "10" }, "bodySize", /"10" is not allowed/],
    [{ headers: { "Access-Control-Allow-Origin": "*" } }, "headers.Access-Control-Allow-Origin", /give it in cors/],
    [{ headers: { "X-A": 'a"\nb' } }, "headers.X-A", /ASCII text without/],
    [{ rewrites: { "/a": "/b", "/b": "/c" } }, "rewrites./a", /\/b is under \/b, which is rewritten too/],
    [{ paths: ["/api"], rewrites: { "/v1": "/" } }, "rewrites./v1", /is under none of paths, \/api/],
    [{ redirects: { "/a": { to: "http://b.example.org" } } }, "redirects./a.to", /such an https URL/],
    [{ maintenance: { on: true, page: page({ kind: "redis" }) } }, "maintenance.page.kind", /the link of an App/],
    [
      { maintenance: { on: true, page: page({ selector: undefined, outside: {} }) } },
      "maintenance.page.selector",
      /is missing; give the link of an App/,
    ],
    [{ maintenance: { on: true, page: page({ name: "api" }) } }, "maintenance.page", /leads to api itself/],
    [
      {
        maintenance: { on: true, page: page({ environment: { system: "shop", stage: "production", namespace: "s" } }) },
      },
      "maintenance.page",
      /of shop production.*link within one environment/,
    ],
  ];
  for (const [args, path, says] of bad) {
    it(`is refused with path, value and what is allowed: ${JSON.stringify(args).slice(0, 80)}`, async () => {
      const message = await refused(args);
      assert.ok(message.startsWith(`App api: edge.${path}: `), message);
      assert.match(message, says);
    });
  }

  it("is refused where the controller can't, with those that can", async () => {
    const oidc = { issuer: "https://auth.example.org", clientId: "api", clientSecret: "oidc" };
    assert.equal(
      await refused({ oidc }),
      "App api: edge.oidc: Traefik by Ingress can't: it can only ask another server, by `forwardAuth`; " +
        "leave it out, or have one of Envoy by Gateway API at the edge",
    );
    const named = await refused({ oidc: { ...oidc, issuer: "https://ann:hunter2@auth.example.org" } });
    assert.match(named, /edge\.oidc\.issuer: .* is not allowed; give an https URL without query, name and password/);
    assert.doesNotMatch(named, /hunter2/);
    const haproxy = { controller: { family: "haproxy" } };
    assert.match(await refused({ bodySize: "1Mi" }, haproxy), /edge\.bodySize: HAProxy by Ingress can't: .*Traefik/);
    assert.match(
      await refused({ compress: true }, haproxy),
      /edge\.compress: HAProxy by Ingress can't: .*Traefik.*Envoy/,
    );
    assert.match(await refused({ redirects: { "/a": { to: "/b" } } }, haproxy), /edge\.redirects: HAProxy/);
    const gateway = { controller: { family: "traefik", api: "gateway" } };
    assert.match(await refused({ timeoutSeconds: 30 }, gateway), /edge\.timeoutSeconds: Traefik by Gateway API can't/);
    const envoy = { controller: { family: "envoy" } };
    assert.match(
      await refused({ webSockets: true, bodySize: "1Mi" }, envoy),
      /edge\.webSockets: Envoy lets no WebSocket/,
    );
    const paths = Array.from({ length: 17 }, (_, index) => `/p${index}`);
    assert.match(await refused({ paths }, envoy), /edge\.paths: 17 paths in all are more than the 16/);
    assert.equal(await refused({ paths }), "is not refused");
  });

  it("is refused where nothing stands at the edge, but in dev, where it is checked and left out", async () => {
    assert.match(await refused({}, {}), /App api: edge: staging has nothing at its edge; set palier:edge/);
    const dev = await edge({ host: "avnir.localhost" }, { stage: "dev" });
    assert.deepEqual(dev.resources.length, 1);
    assert.match(await refused({ host: "a.staging.example.org" }, { stage: "dev" }), /belongs by its name to staging/);
  });

  it("is served by TLS alone in staging and production [MP-131]", async () => {
    for (const stage of ["staging", "production"]) {
      assert.match(
        await refused({ tls: undefined }, { stage, ...traefik }),
        /is missing, and \w+ is served by TLS alone/,
      );
    }
  });

  it("asks for no password where there is no TLS", async () => {
    const where = { stage: "dev", ...traefik };
    assert.match(await refused({ tls: undefined, basicAuth: { secret: "a" } }, where), /passwords would go in clear/);
  });
});
