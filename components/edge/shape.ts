import { isIP } from "node:net";
import { ArgumentError, below, shown, wrong } from "../argument.ts";
import { type Check, flag, memory, pattern, text, whole } from "../check.ts";
import type { Link } from "../link.ts";
import { link } from "../linkShape.ts";
import { objectName } from "../names.ts";
import { all, input, list, map, only, optional } from "../shape.ts";
import type {
  BasicAuthArgs,
  CorsArgs,
  EdgeArgs,
  EdgeTlsArgs,
  MaintenanceArgs,
  OidcArgs,
  RedirectArgs,
} from "./args.ts";
import { rewritesOnce } from "./rewritesOnce.ts";

const dnsName = pattern(
  /^(?=.{1,253}$)[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?(\.[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?)*$/,
  "one DNS name in lower case such as api.example.org, without wildcard, scheme, port or path",
);

const host = all(dnsName, (path, value) => {
  if (isIP(value as string)) throw wrong(path, shown(value as string), "a DNS name: no certificate is for an address");
});

/** None of what a pattern of one of the controllers would read as more than itself, but the dot. */
const place = /(\/[A-Za-z0-9._~-]+)+/.source;
const placeRule = "letters, digits, dots, dashes, underscores and tildes between slashes";
const path = pattern(new RegExp(`^(/|${place})$`), `/ or a path of ${placeRule}, without one at its end`);
const pathBelow = pattern(new RegExp(`^${place}$`), `a path below / of ${placeRule}, without one at its end`);

const origin: Check = (path, value) => {
  const allowed = "an exact origin such as https://app.example.org, without path; http for localhost alone";
  const exact = /^https:\/\/[a-z0-9]([-a-z0-9.]*[a-z0-9])?(:\d{1,5})?$|^http:\/\/(localhost|127\.0\.0\.1)(:\d{1,5})?$/;
  pattern(exact, allowed)(path, value);
};

const token = (longest: number) =>
  pattern(new RegExp(`^[A-Za-z0-9-]{1,${longest}}$`), `letters, digits and dashes, at most ${longest} characters`);

const headerName = all(token(100), (path, value) => {
  const isCors = (value as string).toLowerCase().startsWith("access-control-");
  if (isCors) throw new ArgumentError(path, "says who may read the answers; give it in cors");
});

/** HAProxy and Envoy read percent signs as variables, quotes and backslashes end what HAProxy reads. */
const headerValue = pattern(/^([!#$&-[\]-~]([ !#$&-[\]-~]*[!#$&-[\]-~])?)?$/, 'ASCII text without ", % and \\');

const issuer = pattern(
  /^https:\/\/[^\s/?#@]{1,255}(\/[^\s?#]{0,750})?$/,
  "an https URL without query, name and password",
);

const oneSource: Check = (path, value) => {
  const given = Object.entries(value as EdgeTlsArgs).filter(([, one]) => one !== undefined && one !== false);
  if (given.length === 1) return;
  const names = given.map(([name]) => name).join(" and ");
  throw wrong(path, names || undefined, "exactly one of issuer, clusterIssuer, secret and generated: true");
};

const isApp: Check = (path, value) => {
  const { kind, selector } = value as Link;
  if (kind !== "app") throw wrong(below(path, "kind"), shown(kind), "the link of an App");
  // Without labels, the policy that lets the controller in would be every pod's.
  if (!selector) throw wrong(below(path, "selector"), undefined, "the link of an App");
};

const authOnce: Check = (path, value) => {
  const { basicAuth, oidc } = value as EdgeArgs;
  if (basicAuth && oidc) throw new ArgumentError(path, "basicAuth and oidc are given; give one of the two");
};

const unique: Check = (path, value) => {
  const { host, otherHosts = [], paths = [] } = value as EdgeArgs;
  for (const [key, names] of Object.entries({ otherHosts: [host, ...otherHosts], paths })) {
    const twin = names.find((name, index) => names.indexOf(name) !== index);
    if (twin !== undefined) throw wrong(below(path, key), `${shown(twin)} twice`, "each once");
  }
};

const edgeArguments = only<EdgeArgs>({
  host,
  otherHosts: optional(list(host)),
  paths: optional(list(path, 1)),
  tls: optional(
    all(
      only<EdgeTlsArgs>({
        issuer: optional(objectName),
        clusterIssuer: optional(objectName),
        secret: optional(input(objectName)),
        generated: optional(flag),
      }),
      oneSource,
    ),
  ),
  cors: optional(
    only<CorsArgs>({
      origins: list(origin, 1),
      methods: optional(
        list(pattern(/^(GET|HEAD|POST|PUT|PATCH|DELETE)$/, "GET, HEAD, POST, PUT, PATCH or DELETE"), 1),
      ),
      headers: optional(list(token(100), 1)),
      credentials: optional(flag),
      maxAgeSeconds: optional(whole(0, 86_400)),
    }),
  ),
  rateLimitPerMinute: optional(whole(1, 1_000_000)),
  bodySize: optional(memory),
  timeoutSeconds: optional(whole(1, 3600)),
  compress: optional(flag),
  webSockets: optional(flag),
  rewrites: optional(map(pathBelow, path)),
  redirects: optional(map(pathBelow, only<RedirectArgs>({ to: target(), permanent: optional(flag) }))),
  basicAuth: optional(only<BasicAuthArgs>({ secret: input(objectName) })),
  oidc: optional(only<OidcArgs>({ issuer, clientId: text(200), clientSecret: input(objectName) })),
  maintenance: optional(only<MaintenanceArgs>({ on: flag, page: all(link, isApp) })),
  headers: optional(map(headerName, all(text(4096), headerValue))),
});

export const edgeShape = all(edgeArguments, unique, authOnce, rewritesOnce);

function target(): Check {
  const url = /https:\/\/[a-z0-9]([-a-z0-9.]*[a-z0-9])?(:\d{1,5})?/.source;
  const whole = new RegExp(`^(/|${place}|${url}(/|${place})?)$`);
  return pattern(whole, `a path of ${placeRule}, or such an https URL without query`);
}
