import * as palier from "../../../index.ts";

const environment = new palier.Environment("shop");

const db = new palier.Postgres("db", {
  environment,
  image: `registry.example/postgres@sha256:${"a".repeat(64)}`,
  databases: { shop: {} },
});

/** What an app takes under `links`. */
export const link = db.links["shop"];
