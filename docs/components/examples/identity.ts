import * as palier from "../../../index.ts";

const environment = new palier.Environment("shop", { edge: { family: "traefik", clusterIssuer: "letsencrypt" } });
const db = new palier.Postgres("db", {
  environment,
  image: `registry.example/postgres@sha256:${"a".repeat(64)}`,
  databases: { keycloak: {} },
});

const realm = { realm: "shop", enabled: true, clients: [{ clientId: "shop-api", secret: `\${SHOP_API_SECRET}` }] };

const auth = new palier.Identity("auth", {
  environment,
  image: `registry.example/shop/keycloak@sha256:${"b".repeat(64)}`,
  database: db.links["keycloak"]!,
  url: "https://auth.shop.example",
  edge: { host: "auth.shop.example" },
  realms: { shop: JSON.stringify(realm) },
  secrets: { SHOP_API_SECRET: { generate: 48 } },
});

/** What an app takes under `links`. */
export const { link } = auth;
