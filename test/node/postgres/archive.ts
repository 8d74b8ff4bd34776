// A server whose every write is archived to an S3 server beside it, and others that begin with a moment of that archive.
import * as pulumi from "@pulumi/pulumi";
import * as palier from "../../../index.ts";
import { savedAt } from "../backup/savedAt.ts";
import { type Knobs, last } from "./knobs.ts";

const own = new pulumi.Config("archive");
const { archived, restored } = own.requireObject<Knobs>("knobs");
const environment = new palier.Environment("avnir");
const { to } = savedAt(environment);
const usual = { environment, image: own.require("operand"), databases: { shop: {} }, storage: "1Gi" };
const cluster = { instances: 1, user: 999 };

if (archived) {
  const archive = { to, keepDays: 7, encryption: "none" };
  new palier.Postgres("db", { ...usual, cluster: { ...cluster, archive } });
}
for (const [name, targetTime] of Object.entries(restored)) {
  const restore = { from: to, server: "db", ...(targetTime === last ? {} : { targetTime }) };
  new palier.Postgres(name, { ...usual, cluster: { ...cluster, restore } });
}
