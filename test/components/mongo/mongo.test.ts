import assert from "node:assert/strict";
import * as palier from "../../../index.ts";
import { declared, find } from "../../declared.ts";
import { refusedOf } from "../../policies/refusedOf.ts";

const image = `registry.example/api@sha256:${"a".repeat(64)}`;
const given = { host: "db.mongo.example", address: { name: "mongo", key: "address" } };

const made = (args: object = {}, stack = "production") =>
  declared({ stack }, () => {
    const environment = new palier.Environment("shop");
    const db = new palier.Mongo("db", { environment, ...given, ...args });
    new palier.App("api", { environment, image, links: { DATABASE_URL: db.link } });
  });

describe("Mongo", function mongo() {
  this.timeout(60_000);

  it("gives an app its address from a Secret, and the way out to its port alone [DP-37 C-45]", async () => {
    const resources = await made({ cidrs: ["198.51.100.0/24"] });
    const { spec } = find(resources, "kubernetes:apps/v1:Deployment", "api").inputs;
    const variable = spec.template.spec.containers[0].env.find(({ name }: { name: string }) => name === "DATABASE_URL");
    assert.deepEqual(variable.valueFrom.secretKeyRef, given.address);
    const out = find(resources, "kubernetes:networking.k8s.io/v1:NetworkPolicy", "api-database-url-out").inputs;
    assert.deepEqual(out.spec.egress, [
      { to: [{ ipBlock: { cidr: "198.51.100.0/24" } }], ports: [{ protocol: "TCP", port: 27017 }] },
    ]);
  });

  for (const stack of ["dev", "staging", "production"]) {
    it(`is refused by no rule in ${stack}`, async () => assert.deepEqual(refusedOf(stack, await made({}, stack)), []));
  }

  const key = (key: string) => ({ name: "store", key });
  const to: palier.BackupStoreArgs = {
    endpoint: palier.outside({ host: "s3.fr-par.scw.cloud" }),
    region: "fr-par",
    bucket: "shop-backups",
    credentials: { id: key("id"), secret: key("secret") },
  };
  const drill = { identity: key("identity"), assertions: [{ collection: "orders", atLeast: 1 }] };
  const saved = (args: object = {}, more: object = {}) =>
    declared({ stack: "production" }, () => {
      const environment = new palier.Environment("shop");
      const { link: of } = new palier.Mongo("db", { environment, ...given, database: "shop", ...args });
      const recipients = [`age1${"q".repeat(58)}`];
      new palier.Backup("db-backup", { environment, of, image, to, recipients, keep: { days: 30 }, drill, ...more });
    });
  type Container = { env: { name: string; value?: string; valueFrom?: { secretKeyRef: object } }[]; command: string[] };
  const variable = ({ env }: Container, name: string) => env.find((one) => one.name === name);

  it("is saved by whom its address names, and tried by counting documents [DP-28 DP-29]", async () => {
    const resources = await saved();
    const container = (name: string): Container =>
      find(resources, "kubernetes:batch/v1:CronJob", name).inputs.spec.jobTemplate.spec.template.spec.containers[0];
    const saves = container("db-backup");
    assert.match(saves.command[2]!, /mongodump --archive --gzip/);
    assert.deepEqual(variable(saves, "MONGO_ADDRESS")?.valueFrom?.secretKeyRef, given.address);
    assert.equal(variable(saves, "DATABASE")?.value, "shop");
    // A server that is lost is told of before the deadline ends the Job without a word, in each of its tries.
    assert.equal(variable(saves, "PATIENCE")?.value, String(3600 / 3 - 60));
    assert.equal(variable(container("db-backup-drill"), "ASSERTION_0_COLLECTION")?.value, "orders");
    const kinds = resources.filter(({ type }) => type.startsWith("kubernetes:batch/v1:Job"));
    assert.deepEqual(kinds, [], "no role is made");
    assert.deepEqual(refusedOf("production", resources), []);
  });

  it("begins with a backup before any app links to it, by a Job with a way of its own", async () => {
    const restore = { image, from: to, identity: key("identity"), server: "old", at: "2026-11-20T02:00:00Z" };
    const resources = await made({ database: "shop", restore });
    const { spec, metadata } = find(resources, "kubernetes:batch/v1:Job", "db-restore-job").inputs;
    const container: Container = spec.template.spec.containers[0];
    assert.equal(variable(container, "FROM")?.value, "20261120T020000Z");
    assert.equal(variable(container, "SOURCE_SERVER")?.value, "old");
    assert.equal(metadata.labels["palier.dev/restore-of"], "db");
    assert.deepEqual(refusedOf("production", resources), []);
  });

  const unsaved: [string, () => Promise<unknown>, RegExp][] = [
    [
      "a Backup of one whose database nobody named",
      () => saved({ database: undefined }),
      /Backup db-backup: of: leads to "?db"?, whose database nobody has named: give it database/,
    ],
    [
      "SQL in a drill of one",
      () => saved({}, { drill: { ...drill, assertions: [{ sql: "SELECT 1", atLeast: 1 }] } }),
      /drill\.assertions\[0\]\.sql: can't be asked of "?db"?, which is a MongoDB; give collection/,
    ],
    [
      "an assertion that asks nothing",
      () => saved({}, { drill: { ...drill, assertions: [{ atLeast: 1 }] } }),
      /has neither of sql and collection/,
    ],
    ["a database of MongoDB's own", () => made({ database: "admin" }), /database: "admin" is not allowed/],
    [
      "a restore into no database",
      () => made({ restore: { image, from: to, identity: key("identity") } }),
      /Mongo db: database: is missing; a restore fills one/,
    ],
  ];
  for (const [title, declaring, message] of unsaved) {
    it(`refuses ${title}`, () => assert.rejects(declaring(), message));
  }

  const wrong: [string, object, RegExp][] = [
    ["no address", { address: undefined }, /Mongo db: address: is missing; give an object with name, key/],
    [
      "an address in clear",
      { address: "mongodb://u:zQ7@db" },
      /address: text is not allowed; give an object with name/,
    ],
    ["a name of the cluster's own", { host: "mongo" }, /host: "mongo" is a name of the cluster's own/],
    ["the whole internet", { cidrs: ["0.0.0.0/0"] }, /cidrs\[0\]: "0\.0\.0\.0\/0" is not allowed/],
  ];
  for (const [title, args, message] of wrong) it(`refuses ${title}`, () => assert.rejects(made(args), message));
});
