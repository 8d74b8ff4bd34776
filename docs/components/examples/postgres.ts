import * as palier from "../../../index.ts";

const environment = new palier.Environment("shop");

const key = (key: string) => ({ name: "archive-keys", key });

/** Three servers in production, with PgBouncer before them and an archive from which any moment comes back. */
const orders = new palier.Postgres("orders", {
  environment,
  image: `registry.example/postgresql:17.5@sha256:${"b".repeat(64)}`,
  databases: { orders: {} },
  cluster: {
    archive: {
      to: {
        endpoint: palier.outside({ host: "s3.fr-par.scw.cloud" }),
        region: "fr-par",
        bucket: "shop-archive",
        credentials: { id: key("id"), secret: key("secret") },
      },
      keepDays: 30,
    },
  },
  pooler: { image: `registry.example/pgbouncer@sha256:${"c".repeat(64)}` },
});

/** One server on one volume. */
const db = new palier.Postgres("db", {
  environment,
  image: `registry.example/postgres@sha256:${"a".repeat(64)}`,
  databases: { shop: {} },
});

/** What an app takes under `links`: the server, the pooler before it, and replicas to read from. */
export const [link, pooled, replica] = [db.links["shop"], orders.pooled["orders"], orders.replicas["orders"]];
