import * as palier from "../../../index.ts";

const environment = new palier.Environment("shop");
const db = new palier.Postgres("db", {
  environment,
  image: `registry.example/postgres@sha256:${"a".repeat(64)}`,
  databases: { shop: {} },
});

const api = new palier.App("api", {
  environment,
  image: `registry.example/shop/api@sha256:${"b".repeat(64)}`,
  links: { DATABASE_URL: db.links["shop"]! },
  secrets: { JWT_SECRET: { generate: 64 } },
  featureFlags: { newCheckout: false },
  migrate: { command: ["node", "migrate.ts", "up"], rollback: "node migrate.ts down" },
});

/** What another app takes under `links`. */
export const { link } = api;
