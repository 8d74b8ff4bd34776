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
  export: {
    image: `registry.example/backup@sha256:${"c".repeat(64)}`,
    to: {
      endpoint: palier.outside({ host: "s3.fr-par.scw.cloud" }),
      region: "fr-par",
      bucket: `shop-${environment.stage}-backups`,
      credentials: { id: { name: "store", key: "id" }, secret: { name: "store", key: "secret" } },
    },
    recipients: ["age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p"],
  },
});

/** What an app takes under `links`. */
export const { link } = auth;
