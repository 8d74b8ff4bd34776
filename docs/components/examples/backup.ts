import * as palier from "../../../index.ts";

const environment = new palier.Environment("shop");
const db = new palier.Postgres("db", {
  environment,
  image: `registry.example/postgres@sha256:${"a".repeat(64)}`,
  databases: { shop: {} },
});

const backup = new palier.Backup("db-backup", {
  environment,
  of: db.links["shop"]!,
  image: `registry.example/backup@sha256:${"b".repeat(64)}`,
  to: {
    endpoint: palier.outside({ host: "s3.fr-par.scw.cloud" }),
    region: "fr-par",
    bucket: "shop-backups",
    credentials: { id: { name: "store", key: "id" }, secret: { name: "store", key: "secret" } },
  },
  recipients: ["age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p"],
  keep: { days: 30 },
  drill: {
    identity: { name: "age", key: "identity" },
    assertions: [{ sql: "SELECT count(*) FROM orders", atLeast: 1 }],
  },
});

export const { cronJob } = backup;
