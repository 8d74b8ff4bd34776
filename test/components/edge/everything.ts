import type * as palier from "../../../index.ts";

/** What every controller can do. */
export const usual: palier.EdgeArgs = {
  host: "avnir.studio",
  otherHosts: ["www.avnir.studio"],
  tls: { clusterIssuer: "letsencrypt" },
  cors: { origins: ["https://app.avnir.studio", "https://admin.avnir.studio:8443"], credentials: true },
  rateLimitPerMinute: 600,
  rewrites: { "/api": "/", "/v1.0": "/v2" },
  basicAuth: { secret: "api-users" },
  headers: { "X-Frame-Options": "SAMEORIGIN", "X-DNS-Prefetch-Control": "", "Permissions-Policy": "camera=()" },
};

/** What every answer then has. */
export const answers = {
  "X-Content-Type-Options": "nosniff",
  "Referrer-Policy": "strict-origin-when-cross-origin",
  "Strict-Transport-Security": "max-age=63072000; includeSubDomains; preload",
  "X-Frame-Options": "SAMEORIGIN",
  "Permissions-Policy": "camera=()",
};
