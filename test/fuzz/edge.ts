import { capabilities, type Feature } from "../../components/edge/capabilities.ts";
import { wayOf } from "../../components/edge/controller.ts";
import type * as palier from "../../index.ts";
import { flag, input, type Kind, leaf, list, map, object, whole } from "./kind.ts";
import { labelKey, labelValue, memory, name, objectName, oneOf } from "./words.ts";

const controller = object<palier.EdgeControllerArgs>(
  "EdgeControllerArgs",
  {
    family: oneOf(["traefik", "haproxy", "envoy"]),
    api: oneOf(["ingress", "gateway"]),
    className: objectName,
    namespace: name(63),
    selector: map(labelKey, labelValue, 1),
    clusterIssuer: objectName,
    generated: flag,
    httpPort: whole(1, 65535),
    httpsPort: whole(1, 65535),
  },
  ["family"],
);

/** An API that the family has. */
export const edgeController: Kind = {
  ...controller,
  within: (random) => {
    const all = controller.within(random) as palier.EdgeControllerArgs;
    const signed = all.generated ? { ...all, clusterIssuer: undefined } : all;
    return all.api === undefined ? signed : { ...signed, api: all.family === "envoy" ? "gateway" : "ingress" };
  },
};

/** Letters that make no environment. */
const letters = "bcfghjlmnqrvwxz";
const host = leaf(
  (random) => `${random.text(letters, random.whole(1, 20))}.${random.pick(["example.org", "dev", "b-c.example"])}`,
  (random) =>
    random.pick([
      "",
      "*.a.org",
      "https://a.org",
      "a.org/b",
      "A.org",
      "a_b.org",
      "10.0.0.1",
      "a.org:80",
      "a..b",
      null,
      1,
    ]),
);
const below = leaf(
  (random) => `/${random.text(letters, random.whole(1, 20))}`,
  (random) => random.pick(["/", "a", "/a/", "//", "/a b", "/a$", "/(a)", "/a?b", "/a|b"]),
);
const target = leaf(
  (random) => random.pick(["/", "/a", "/a.b/~c"]),
  (random) => random.pick(["", "a", "/a/", "/$1", "/a b", "/a\n", null, 1, {}]),
);
const origin = leaf(
  (random) => random.pick(["https://a.org", "https://b.org:8443", "http://localhost:3000", "http://127.0.0.1"]),
  (random) =>
    random.pick([
      "*",
      "null",
      "https://*.a.org",
      "https://a.org/",
      "https://a.org/b",
      "http://a.org",
      "^https://a",
      null,
    ]),
);
const headerName = leaf(
  (random) => `X-${random.text(letters, random.whole(1, 20))}`,
  (random) => random.pick(["", "a b", "a:", "é", "Access-Control-Allow-Origin", "a\n"]),
);
const headerValue = leaf(
  (random) => random.pick(["", "DENY", "camera=(), geolocation=()", "max-age=1; a"]),
  (random) => random.pick(['a"b', "a%b", "a\\b", "a\nb", " a", "a ", "é", null, 1]),
);

/** Of one way each: what is left out is what the other would be. */
const tls: Kind = {
  ...object<palier.EdgeTlsArgs>("EdgeTlsArgs", {
    issuer: objectName,
    clusterIssuer: objectName,
    secret: input(objectName),
    generated: flag,
  }),
  within: (random) =>
    random.pick<palier.EdgeTlsArgs>([
      { generated: true },
      { issuer: "ca" },
      { clusterIssuer: "ca" },
      { secret: "tls", generated: false },
    ]),
};

/** How the world reaches an app; `page` is what a link may be. */
export function edge(page: Kind): Kind {
  return object<palier.EdgeArgs>(
    "EdgeArgs",
    {
      host,
      otherHosts: { ...list(host, 0, 3), within: (random) => (random.chance(0.5) ? [] : ["b.c.q", "b.c.r"]) },
      paths: { ...list(below, 1, 3), within: () => ["/"] },
      tls,
      cors: object<palier.CorsArgs>(
        "CorsArgs",
        {
          origins: list(origin, 1, 3),
          methods: list(oneOf(["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"]), 1, 3),
          headers: list(headerName, 1, 3),
          credentials: flag,
          maxAgeSeconds: whole(0, 86_400),
        },
        ["origins"],
      ),
      rateLimitPerMinute: whole(1, 1_000_000),
      compress: flag,
      bodySize: memory,
      timeoutSeconds: whole(1, 3600),
      webSockets: flag,
      rewrites: map(below, target),
      redirects: map(below, object<palier.RedirectArgs>("RedirectArgs", { to: target, permanent: flag }, ["to"])),
      basicAuth: object<palier.BasicAuthArgs>("BasicAuthArgs", { secret: input(objectName) }, ["secret"]),
      oidc: object<palier.OidcArgs>(
        "OidcArgs",
        {
          issuer: leaf(
            () => "https://auth.example.org/realms/a",
            (random) => random.pick(["", "http://a.org", "https://a.org?b", "https://", "a b", null, 1]),
          ),
          clientId: leaf(
            () => "api",
            (random) => random.pick(["x".repeat(201), "a\0b", null, 1]),
          ),
          clientSecret: input(objectName),
        },
        ["issuer", "clientId", "clientSecret"],
      ),
      maintenance: object<palier.MaintenanceArgs>("MaintenanceArgs", { on: flag, page }, ["on", "page"]),
      headers: map(headerName, headerValue),
    },
    ["host"],
  );
}

/** What the environment's controller can do of it; nothing where there is none. */
export function within(
  { basicAuth, ...args }: palier.EdgeArgs,
  controller: palier.EdgeControllerArgs | undefined,
): palier.EdgeArgs | undefined {
  const way = controller && wayOf(controller);
  if (!way) return undefined;
  const all: palier.EdgeArgs = { ...args, ...(args.oidc ? {} : { basicAuth }), tls: args.tls ?? { generated: true } };
  const able = Object.entries(all).filter(([key]) => capabilities[key as Feature]?.[way].can !== false);
  const { webSockets, ...rest } = Object.fromEntries(able);
  return { ...rest, webSockets: rest["bodySize"] === undefined && webSockets } as palier.EdgeArgs;
}
