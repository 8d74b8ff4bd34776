// A database that is saved to an S3 server beside it, and another one that begins with what was saved.
import * as pulumi from "@pulumi/pulumi";
import * as palier from "../../../index.ts";
import { savedAt } from "./savedAt.ts";

/** What the test tells the program. */
export interface Knobs {
  recipient: string;
  /** Whether the second server is there. */
  restored: boolean;
}

const config = new pulumi.Config("backup");
const { recipient, restored } = config.requireObject<Knobs>("knobs");
const images = new pulumi.Config("avnir").requireObject<{ postgres: string; backup: string }>("images");
const environment = new palier.Environment("avnir");
const { to, identity } = savedAt(environment);

const db = new palier.Postgres("db", { environment, image: images.postgres, databases: { shop: {} } });
new palier.Backup("db-backup", {
  environment,
  of: db.links["shop"]!,
  image: images.backup,
  to,
  recipients: [recipient],
  storage: "256Mi",
  drill: { identity, assertions: [{ sql: "SELECT count(*) FROM rows", atLeast: 1 }], storage: "1Gi" },
});

if (restored) {
  const restore = { image: images.backup, from: to, identity, server: "db" };
  new palier.Postgres("db2", { environment, image: images.postgres, databases: { shop: { restore } } });
}
