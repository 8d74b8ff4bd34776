import * as palier from "../../../index.ts";

const environment = new palier.Environment("shop");
const db = new palier.Postgres("db", {
  environment,
  image: `registry.example/postgres@sha256:${"a".repeat(64)}`,
  databases: { shop: {} },
});

const report = new palier.CronTask("report", {
  environment,
  image: `registry.example/shop/report@sha256:${"b".repeat(64)}`,
  links: { DATABASE_URL: db.links["shop"]! },
  secrets: { SIGNING_KEY: { generate: 32 } },
  schedule: "30 6 * * mon",
  timeZone: "Europe/Paris",
  deadlineSeconds: 900,
});

export const { image } = report;
