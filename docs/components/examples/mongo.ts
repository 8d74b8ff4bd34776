import * as palier from "../../../index.ts";

const environment = new palier.Environment("shop");

const secrets = new palier.Secrets("mongo", {
  environment,
  values: { MONGO_ADDRESS: { existing: { name: "mongo", key: "address" } } },
});

const db = new palier.Mongo("db", {
  environment,
  host: "cluster0.a1b2c.mongodb.net",
  cidrs: ["198.51.100.0/24"],
  address: secrets.keys["MONGO_ADDRESS"]!,
  database: "shop",
});

/** What an app takes under `links`, as `DATABASE_URL`. */
export const { link } = db;
