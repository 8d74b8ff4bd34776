import * as palier from "../../../index.ts";

const environment = new palier.Environment("shop", { edge: { family: "traefik", clusterIssuer: "letsencrypt" } });
const db = new palier.Postgres("db", {
  environment,
  image: `registry.example/postgres@sha256:${"a".repeat(64)}`,
  databases: { shop: {} },
});

const api = new palier.App("api", {
  environment,
  image: `registry.example/shop/api@sha256:${"b".repeat(64)}`,
  links: { DATABASE_URL: db.links["shop"]! },
  pools: { DATABASE_URL: 5 },
  secrets: { JWT_SECRET: { generate: 64 }, STRIPE_SECRET_KEY: { config: true } },
  edge: {
    host: "api.shop.example",
    cors: { origins: ["https://shop.example"] },
    rateLimitPerMinute: 600,
    redirects: { "/old": { to: "/new" } },
  },
  featureFlags: { newCheckout: false },
  migrate: { command: ["node", "migrate.ts", "up"], rollback: "node migrate.ts down", pause: ["mail"] },
  slo: { availability: 99.9, latency: "200ms" },
  workers: { mail: { command: ["node", "mail.ts"], health: { heartbeat: { file: "/tmp/alive" } } } },
  tasks: { report: { command: ["node", "report.ts"], schedule: "30 6 * * mon" } },
  afterRelease: { smoke: { command: ["node", "smoke.ts"] } },
});

/** What another app takes under `links`, and `https://api.shop.example`. */
export const { link, url } = api;
