import assert from "node:assert/strict";
import { annotationsOf, edge, objects } from "./declaredEdge.ts";
import { usual } from "./everything.ts";

const controller = { family: "haproxy" };

describe("the edge by HAProxy's Ingress", () => {
  it("is an Ingress with an annotation for each thing [MP-75 MP-87 MP-133]", async () => {
    const made = await edge({ ...usual, timeoutSeconds: 30, webSockets: true }, { controller });
    assert.deepEqual(annotationsOf(made), {
      "haproxy.org/ssl-redirect": "true",
      "haproxy.org/ssl-redirect-code": "301",
      "haproxy.org/ssl-redirect-port": "443",
      "haproxy.org/response-set-header": [
        'X-Content-Type-Options "nosniff"',
        'Referrer-Policy "strict-origin-when-cross-origin"',
        'Strict-Transport-Security "max-age=63072000; includeSubDomains; preload"',
        'X-Frame-Options "SAMEORIGIN"',
        'Permissions-Policy "camera=()"',
      ].join("\n"),
      "haproxy.org/cors-enable": "true",
      "haproxy.org/cors-allow-origin": "^(https://app[.]avnir[.]studio|https://admin[.]avnir[.]studio:8443)$",
      "haproxy.org/cors-allow-methods": "GET,HEAD,POST,PUT,PATCH,DELETE",
      "haproxy.org/cors-allow-headers": "Authorization,Content-Type",
      "haproxy.org/cors-allow-credentials": "true",
      "haproxy.org/cors-max-age": "600s",
      "haproxy.org/cors-respond-to-options": "true",
      "haproxy.org/rate-limit-requests": "600",
      "haproxy.org/rate-limit-period": "1m",
      "haproxy.org/rate-limit-status-code": "429",
      "haproxy.org/timeout-server": "30s",
      "haproxy.org/path-rewrite": "^/api(/([^?]*))?([?].*)?$ /\\2\\3\n^/v1[.]0(/[^?]*)?([?].*)?$ /v2\\1\\2",
      "haproxy.org/auth-type": "basic-auth",
      "haproxy.org/auth-secret": "api-users",
    });
    assert.deepEqual(objects(made), [
      "Certificate api-edge-certificate",
      "Ingress api-edge",
      "NetworkPolicy api-edge-challenge-in",
      "NetworkPolicy api-edge-in",
    ]);
  });

  it("matches the origins that it was given and none that looks like one [AV-11]", async () => {
    const { "haproxy.org/cors-allow-origin": pattern } = annotationsOf(await edge(usual, { controller }));
    const fits = (origin: string) => new RegExp(pattern).test(origin);
    assert.ok(fits("https://app.avnir.studio") && fits("https://admin.avnir.studio:8443"));
    const others = [
      "https://app.avnir.studio.evil.example",
      "https://appXavnir.studio",
      "http://app.avnir.studio",
      "https://evil.example/https://app.avnir.studio",
      "null",
    ];
    assert.deepEqual(others.filter(fits), []);
  });

  it("rewrites a path with what is below it and asked of it, and no other", async () => {
    const annotations = annotationsOf(await edge(usual, { controller }));
    const [line] = annotations["haproxy.org/path-rewrite"].split("\n");
    const [regex, replacement] = line.split(" ").map((part: string) => part.replaceAll("\\", "$"));
    const rewritten = (path: string) => path.replace(new RegExp(regex), replacement);
    assert.deepEqual(["/api", "/api/", "/api/users?page=2", "/api?a=b", "/apis", "/v/api/x"].map(rewritten), [
      "/",
      "/",
      "/users?page=2",
      "/?a=b",
      "/apis",
      "/v/api/x",
    ]);
  });
});
