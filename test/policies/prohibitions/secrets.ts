import type { Prohibition } from "./deviation.ts";
import { container, inProduction, object, placed, refusing, variable } from "./parts.ts";

const token = "ghp_0123456789abcdefghijABCDEFGHIJ012345";
const random = "Zq8vT2mX9cLw4RbN7yKd3HsJ6fGp1QeA";
const live = "sk_live_4eC39HqLyjWDarjtT1zdp7dc";
const test = "sk_test_4eC39HqLyjWDarjtT1zdp7dc";

/** A Secret beside AVNIR's, whose own the Kubernetes SDK shows to nobody at preview while one of its keys is not made. */
const holding = (stringData: object, environment = "production") => ({
  adds: [placed(`avnir-${environment}`, object("v1", "Secret", "keys", { stringData }))],
});
const rotated = (daysAgo: number) => ({
  of: "Secret api-secrets-values",
  field: "metadata.annotations",
  to: () => ({ "palier.dev/rotated-at": new Date(Date.now() - daysAgo * 86_400_000).toISOString().slice(0, 10) }),
});

/** Where secrets stand, whose they are, how long and how old. */
export const secrets: readonly Prohibition[] = [
  {
    demand: "R-03",
    does: "gives the API a password in a variable",
    rule: "no-plaintext-secrets",
    refused: { changes: [variable("MAIL_PASSWORD", "Zq8vT2mX9cLw4RbN")] },
    passes: {
      changes: [
        container("env", (own: object[]) => [
          ...own,
          { name: "MAIL_PASSWORD", valueFrom: { secretKeyRef: { name: "mail", key: "password" } } },
        ]),
      ],
    },
  },
  {
    demand: "R-07",
    does: "hands production's Secret to the API in staging",
    rule: "secrets-isolated",
    refused: {
      stack: "staging",
      changes: [
        container("envFrom", (own: object[]) => [...own, { secretRef: { name: "keys-production", optional: true } }]),
      ],
    },
    passes: {
      stack: "staging",
      changes: [
        container("envFrom", (own: object[]) => [...own, { secretRef: { name: "keys-staging", optional: true } }]),
      ],
    },
  },
  {
    demand: "R-17",
    does: "has a key that staging has too",
    rule: "no-shared-secrets",
    refused: { ...holding({ STRIPE_SECRET_KEY: live }), inStaging: live },
    passes: { ...holding({ STRIPE_SECRET_KEY: live }), inStaging: test },
  },
  {
    demand: "R-24",
    does: "keeps a token in a ConfigMap",
    rule: "no-plaintext-secrets",
    refused: { adds: [inProduction(object("v1", "ConfigMap", "mirror", { data: { source: token } }))] },
    passes: { adds: [inProduction(object("v1", "ConfigMap", "mirror", { data: { source: "https://git.example" } }))] },
  },
  {
    demand: "R-25",
    does: "writes a password into an address",
    rule: "no-plaintext-secrets",
    refused: { changes: [variable("QUEUE_URL", "amqps://avnir:Zq8vT2mX9cLw4RbN@queue.example/avnir")] },
    passes: { changes: [variable("QUEUE_URL", "amqps://queue.example/avnir")] },
  },
  {
    demand: "R-35",
    does: "has keys that are 100 days old",
    rule: "secret-age",
    refused: { changes: [rotated(100)], set: refusing("secret-age") },
    passes: { changes: [rotated(80)], set: refusing("secret-age") },
  },
  {
    demand: "R-37",
    does: "passes a token on the command line",
    rule: "no-plaintext-secrets",
    refused: { changes: [container("args", () => [`--mirror-token=${token}`])] },
    passes: { changes: [container("args", () => ["--mirror-token=$(MIRROR_TOKEN)"])] },
  },
  {
    demand: "R-38",
    does: "sends production to staging's service",
    rule: "secrets-isolated",
    refused: { changes: [variable("CACHE_HOST", "cache.avnir-staging.svc")] },
    passes: { changes: [variable("CACHE_HOST", "cache.avnir-production.svc")] },
  },
  {
    demand: "R-39",
    does: "does not say when its keys were changed",
    rule: "secret-age",
    refused: { set: refusing("secret-age", { required: true }) },
    passes: { set: refusing("secret-age") },
  },
  {
    demand: "R-46",
    does: "lets tokens pass unverified",
    rule: "token-verification-on",
    refused: { changes: [variable("TOKEN_VERIFICATION_ENABLED", "false")] },
    passes: { stack: "dev", changes: [variable("TOKEN_VERIFICATION_ENABLED", "false")] },
  },
  {
    demand: "R-58",
    does: "signs sessions with 63 characters",
    rule: "secret-min-length",
    refused: holding({ BETTER_AUTH_SECRET: `${random}${random}`.slice(1) }),
    passes: holding({ BETTER_AUTH_SECRET: `${random}${random}` }),
  },
  {
    demand: "R-59",
    does: "signs tokens with 31 characters",
    rule: "secret-min-length",
    refused: holding({ JWT_SECRET: random.slice(1) }),
    passes: holding({ JWT_SECRET: random }),
  },
  {
    demand: "R-60",
    does: "takes the payment provider's live key to dev",
    rule: "secrets-isolated",
    refused: { stack: "dev", ...holding({ STRIPE_SECRET_KEY: live }, "dev") },
    passes: { stack: "dev", ...holding({ STRIPE_SECRET_KEY: test }, "dev") },
  },
];
