import type { Manifest, Prohibition } from "./deviation.ts";
import { inProduction, object, placed, refusing, variable } from "./parts.ts";

const host = "avnir.studio";
const tls = [{ hosts: [host], secretName: "avnir-tls" }];
const limit = { "nginx.ingress.kubernetes.io/limit-rps": "10" };

function ingress(spec: object, annotations: object = {}): Manifest {
  const backend = { service: { name: "api", port: { name: "http" } } };
  const rules = [{ host, http: { paths: [{ path: "/", pathType: "Prefix", backend }] } }];
  const made = object("networking.k8s.io/v1", "Ingress", "edge", {
    spec: { ingressClassName: "nginx", rules, ...spec },
  });
  return inProduction({ ...made, metadata: { ...made.metadata, annotations } });
}

const from = (namespace: string) =>
  inProduction(
    object("networking.k8s.io/v1", "NetworkPolicy", "from-reports", {
      spec: {
        podSelector: { matchLabels: { "app.kubernetes.io/name": "api" } },
        policyTypes: ["Ingress"],
        ingress: [{ from: [{ namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": namespace } } }] }],
      },
    }),
  );

const gateway = (...listeners: object[]) =>
  object("gateway.networking.k8s.io/v1", "Gateway", "edge", { spec: { gatewayClassName: "public", listeners } });
const http = { name: "http", protocol: "HTTP", port: 80 };
const https = { name: "https", protocol: "HTTPS", port: 443, tls: { certificateRefs: [{ name: "avnir-tls" }] } };

const closed = { of: "NetworkPolicy avnir-closed", field: "spec.policyTypes", to: () => ["Egress"] };

/** What is reached, from where, and by which way. */
export const network: readonly Prohibition[] = [
  {
    demand: "R-14",
    does: "opens a way from staging",
    rule: "network-policy-stays-inside",
    refused: { adds: [from("avnir-staging")] },
    passes: { adds: [from("avnir-production")] },
  },
  {
    demand: "R-18",
    does: "has an Ingress without TLS",
    rule: "ingress-tls",
    refused: { adds: [ingress({})] },
    passes: { adds: [ingress({ tls })] },
  },
  {
    demand: "R-33",
    does: "has a Gateway that serves by http alone",
    rule: "gateway-tls",
    refused: { adds: [placed("avnir-production", gateway(http))] },
    passes: { adds: [placed("avnir-production", gateway(http, https))] },
  },
  {
    demand: "R-34",
    does: "leaves its namespace open to whoever comes",
    rule: "namespace-denies-by-default",
    refused: { changes: [closed] },
    passes: { stack: "dev", changes: [closed] },
  },
  {
    demand: "R-41",
    does: "tells users an address of plain http",
    rule: "https-urls",
    refused: { changes: [variable("PUBLIC_URL", `http://${host}`)] },
    passes: { changes: [variable("PUBLIC_URL", `https://${host}`)] },
  },
  {
    demand: "R-42",
    does: "lets one address ask as often as it likes",
    rule: "rate-limit-required",
    refused: { adds: [ingress({ tls })], set: refusing("rate-limit-required") },
    passes: { adds: [ingress({ tls }, limit)], set: refusing("rate-limit-required") },
  },
];
