import type { Annotations } from "./objects.ts";
import { literally } from "./pathPattern.ts";
import type { CorsSettings, EdgeSettings } from "./settings.ts";

/**
 * The Ingress' annotations, for HAProxy Technologies' controller: of the two that carry the name it alone adds headers to
 * answers without configuration as text.
 *
 * @see https://github.com/haproxytech/kubernetes-ingress/blob/master/documentation/annotations.md
 */
export function haproxyAnnotations(edge: EdgeSettings): Annotations {
  const { headers, cors, rewrites, given, certificate } = edge;
  const { rateLimitPerMinute, timeoutSeconds, basicAuth } = given;
  const lines = Object.entries(headers).map(([name, value]) => `${name} "${value}"`);
  const all: Annotations = {
    // Its own default is to send people to port 8443.
    ...(certificate !== undefined && {
      "ssl-redirect": "true",
      "ssl-redirect-code": "301",
      "ssl-redirect-port": "443",
    }),
    ...(lines.length === 0 ? {} : { "response-set-header": lines.join("\n") }),
    ...(cors && corsAnnotations(cors)),
    ...(rateLimitPerMinute !== undefined && {
      "rate-limit-requests": String(rateLimitPerMinute),
      "rate-limit-period": "1m",
      "rate-limit-status-code": "429",
    }),
    ...(timeoutSeconds !== undefined && { "timeout-server": `${timeoutSeconds}s` }),
    ...(rewrites.length > 0 && { "path-rewrite": rewrites.map(rewriteLine).join("\n") }),
    ...(basicAuth && { "auth-type": "basic-auth", "auth-secret": basicAuth.secret }),
  };
  return Object.fromEntries(Object.entries(all).map(([name, value]) => [`haproxy.org/${name}`, value]));
}

/** The origin is matched as a pattern that may stand anywhere in what a browser sends: it has to have its ends. */
function corsAnnotations({ origins, methods, headers, credentials, maxAgeSeconds }: CorsSettings): Annotations {
  return {
    "cors-enable": "true",
    "cors-allow-origin": `^(${origins.map(literally).join("|")})$`,
    "cors-allow-methods": methods.join(","),
    "cors-allow-headers": headers.join(","),
    "cors-allow-credentials": String(credentials),
    "cors-max-age": `${maxAgeSeconds}s`,
    "cors-respond-to-options": "true",
  };
}

/** With the query, which some versions match too. */
function rewriteLine([from, to]: [string, string]): string {
  const path = literally(from);
  return to === "/" ? `^${path}(/([^?]*))?([?].*)?$ /\\2\\3` : `^${path}(/[^?]*)?([?].*)?$ ${to}\\1\\2`;
}
