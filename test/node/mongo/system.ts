// A MongoDB that somebody else runs, which is saved to an S3 server, and another one that begins with what was saved.
import * as pulumi from "@pulumi/pulumi";
import * as palier from "../../../index.ts";
import { savedAt } from "../backup/savedAt.ts";

/** What the test tells the program. */
export interface Knobs {
  recipient: string;
  /** Addresses of the servers: of none, of the first, and once something is to be restored of the second too. */
  hosts: string[];
}

const config = new pulumi.Config("mongo");
const { recipient, hosts } = config.requireObject<Knobs>("knobs");
const image = new pulumi.Config("avnir").requireObject<{ mongo: string }>("images").mongo;
const environment = new palier.Environment("avnir");
const { keys, to, identity } = savedAt(environment, { MONGO_0: "mongo-0", MONGO_1: "mongo-1" });
const [first, second] = hosts;
const at = (host: string, index: number) => ({
  environment,
  host,
  cidrs: [`${host}/32`],
  address: keys[`MONGO_${index}`]!,
  database: "shop",
});

if (first) {
  const db = new palier.Mongo("db", at(first, 0));
  new palier.Backup("db-backup", {
    environment,
    of: db.link,
    image,
    to,
    recipients: [recipient],
    storage: "256Mi",
    // A server that is gone is told of within it, three times.
    deadlineSeconds: 240,
    drill: { identity, assertions: [{ collection: "orders", query: '{"paid":true}', atLeast: 1 }], storage: "1Gi" },
  });
}

if (second) new palier.Mongo("db2", { ...at(second, 1), restore: { image, from: to, identity, server: "db" } });
