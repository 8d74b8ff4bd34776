import { configMap, deployment, image, object, secretObject, withEnv, workload } from "./manifests.ts";
import { unknown } from "./preview.ts";
import { leavesOpen, passes, refuses } from "./tables.ts";

const policy = "secrets-isolated";
const rows = "AV-09 DP-16 P-04";
const label = "palier.dev/environment";
const live = "sk_live_4eC39HqLyjWDarjtT1zdp7dc";
const test = "sk_test_4eC39HqLyjWDarjtT1zdp7dc";
const base64 = (text: string) => Buffer.from(text).toString("base64");
const labelled = (value: unknown) => secretObject({}, { labels: { [label]: value } });

describe("secrets-isolated: keys", () => {
  refuses(
    policy,
    "AV-38 P-04",
    Object.fromEntries(
      ["dev", "staging", "pr-7"].flatMap((stack) => [
        [
          `a live key in a Secret in ${stack}`,
          { stack, given: secretObject({ stringData: { STRIPE: live } }), says: /Secret "keys": stringData\.STRIPE/ },
        ],
        [`a live key in base64 in ${stack}`, { stack, given: secretObject({ data: { STRIPE: base64(live) } }) }],
      ]),
    ),
  );
  refuses(policy, "AV-38 P-04", {
    "a test key in production": { given: secretObject({ stringData: { STRIPE: test } }) },
    "a test key in a stack of unknown name": { stack: "main", given: secretObject({ stringData: { STRIPE: test } }) },
    "a live key under any name, inside a file": {
      stack: "dev",
      given: secretObject({ stringData: { ".env": `A=1\nB=${live}\n` } }),
    },
    "a live key in a ConfigMap": { stack: "dev", given: configMap({ x: live }) },
    "a live key in a variable": { stack: "dev", given: withEnv({ X: live }) },
    "a live publishable key": {
      stack: "dev",
      given: withEnv({ NEXT_PUBLIC_STRIPE: "pk_live_4eC39HqLyjWDarjtT1zdp7dc" }),
    },
    "a live key in an argument": { stack: "dev", given: deployment({ args: [`--key=${live}`] }) },
  });
  passes(policy, "AV-38 P-04", {
    "a live key in production": { given: secretObject({ stringData: { STRIPE: live } }) },
    "a test key in dev": { stack: "dev", given: secretObject({ stringData: { STRIPE: test } }) },
    "a test key in staging": { stack: "staging", given: secretObject({ data: { STRIPE: base64(test) } }) },
    "words about keys": { stack: "dev", given: configMap({ note: "live keys begin with sk_live_" }) },
  });
  leavesOpen(policy, rows, {
    "an unknown value": {
      stack: "dev",
      given: secretObject({ stringData: { STRIPE: unknown } }),
      says: /stringData\.STRIPE/,
    },
    "unknown values": { stack: "dev", given: secretObject({ data: unknown }) },
  });
});

describe("secrets-isolated: places and references", () => {
  refuses(policy, rows, {
    "the label of another environment": {
      stack: "staging",
      given: labelled("production"),
      says: /label of another environment/,
    },
    "a label that names no environment": { stack: "staging", given: labelled("live") },
    "another environment's usual label on a Secret": {
      stack: "dev",
      given: secretObject({}, { labels: { environment: "prod" } }),
    },
    "another review environment": { stack: "pr-7", given: secretObject({}, { labels: { environment: "pr-8" } }) },
    "the label of the pods": {
      stack: "dev",
      given: object("apps/v1:Deployment", {
        spec: {
          template: { metadata: { labels: { [label]: "production" } }, spec: { containers: [{ name: "api", image }] } },
        },
      }),
    },
    "the namespace of another environment": {
      stack: "staging",
      given: secretObject({}, { namespace: "avnir-production" }),
      says: /metadata\.namespace/,
    },
    "a Namespace of another environment": {
      stack: "staging",
      given: object("core/v1:Namespace", {}, { name: "avnir-production" }),
    },
    "a Secret of another environment in a variable": {
      stack: "staging",
      given: withEnv({ JWT: { secretKeyRef: { name: "avnir-production", key: "jwt" } } }),
      says: /secretKeyRef\.name/,
    },
    "a Secret of another environment by envFrom": {
      stack: "staging",
      given: deployment({ envFrom: [{ secretRef: { name: "keys-production" } }] }),
    },
    "a Secret of another environment as a volume": {
      stack: "dev",
      given: workload({
        containers: [{ name: "api", image }],
        volumes: [{ name: "k", secret: { secretName: "keys-prod" } }],
      }),
    },
    "a projected Secret of another environment": {
      stack: "dev",
      given: workload({
        containers: [{ name: "api", image }],
        volumes: [{ name: "k", projected: { sources: [{ secret: { name: "keys-prod" } }] } }],
      }),
    },
    "another environment's pull secret": {
      stack: "dev",
      given: workload({ containers: [{ name: "api", image }], imagePullSecrets: [{ name: "registry-prod" }] }),
    },
    "another environment's TLS secret": {
      stack: "staging",
      given: object("networking.k8s.io/v1:Ingress", { spec: { tls: [{ secretName: "tls-production" }] } }),
    },
    "another environment's path in a vault": {
      stack: "dev",
      given: object("external-secrets.io/v1:ExternalSecret", {
        spec: { data: [{ secretKey: "A", remoteRef: { key: "avnir/production" } }] },
      }),
    },
    "another review environment's Secret": {
      stack: "pr-7",
      given: deployment({ envFrom: [{ secretRef: { name: "keys-pr-8" } }] }),
    },
    "a service of production": {
      stack: "staging",
      given: withEnv({ DB: "postgres://app@postgres.avnir-production.svc.cluster.local:5432/avnir" }),
      says: /service of production/,
    },
    "a service of production, short": { stack: "dev", given: withEnv({ HOST: "postgres.avnir-production" }) },
    "a service of production with svc first": { stack: "dev", given: configMap({ HOST: "svc.mecapy-production" }) },
    "a service of production in a Secret": {
      stack: "dev",
      given: secretObject({ stringData: { URL: "postgres://app:hunter2@postgres.avnir-prod.svc/avnir" } }),
    },
    "a service of production on a command line": {
      stack: "dev",
      given: deployment({ command: ["sh", "-c", "psql -h postgres.production.svc avnir"] }),
    },
    "a Service that leads to production": {
      stack: "dev",
      given: object("core/v1:Service", {
        spec: { type: "ExternalName", externalName: "postgres.avnir-production.svc.cluster.local" },
      }),
    },
    "a service of staging from production": { given: withEnv({ HOST: "redis.avnir-staging.svc" }) },
  });

  passes(policy, rows, {
    "the own label": { stack: "staging", given: labelled("staging") },
    "the own label by an alias": { stack: "prod", given: labelled("production") },
    "the review label": { stack: "pr-7", given: labelled("review") },
    "the own namespace": { stack: "staging", given: secretObject({}, { namespace: "avnir-staging" }) },
    "the own namespace by an alias": { stack: "production", given: secretObject({}, { namespace: "avnir-prod" }) },
    "the own Secret": { stack: "staging", given: deployment({ envFrom: [{ secretRef: { name: "keys-staging" } }] }) },
    "the own review environment": {
      stack: "pr-7",
      given: deployment({ envFrom: [{ secretRef: { name: "keys-pr-7" } }] }),
    },
    "the own services": {
      stack: "staging",
      given: withEnv({ A: "postgres.avnir-staging.svc.cluster.local", B: "postgres:5432", C: "redis.shared.svc" }),
    },
    "words that only look like environments": {
      stack: "dev",
      given: withEnv({
        A: "api.products.svc",
        B: "link-preview.avnir-dev.svc",
        C: "https://web.dev/x",
        D: "reproduction.example.org",
      }),
    },
    "public names": {
      stack: "dev",
      given: withEnv({ A: "https://api.staging.avnir.example", B: "https://x.production.example.org/y" }),
    },
    "a Secret named after a product": {
      stack: "dev",
      given: deployment({ envFrom: [{ secretRef: { name: "product-keys" } }] }),
    },
    "labels that name no environment": { stack: "dev", given: secretObject({}, { labels: { env: "blue" } }) },
  });

  leavesOpen(policy, rows, {
    "an unknown namespace": { stack: "dev", given: secretObject({}, { namespace: unknown }) },
    "an unknown label": { stack: "dev", given: labelled(unknown) },
    "an unknown Secret name": { stack: "dev", given: deployment({ envFrom: [{ secretRef: { name: unknown } }] }) },
  });
});
