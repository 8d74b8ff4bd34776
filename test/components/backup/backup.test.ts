import assert from "node:assert/strict";
import * as palier from "../../../index.ts";
import { type Declared, declared, find } from "../../declared.ts";
import { schemaErrors } from "../../fuzz/kubernetesSchema.ts";
import { refusedOf, saidOf } from "../../policies/refusedOf.ts";
import { mostTries } from "./silence.ts";

const image = `registry.example/backup@sha256:${"a".repeat(64)}`;
const recipient = `age1${"q".repeat(58)}`;
const key = (name: string, key: string) => ({ name, key });
const credentials = { id: key("store", "id"), secret: key("store", "secret") };
const to: palier.BackupStoreArgs = {
  endpoint: palier.outside({ host: "s3.fr-par.scw.cloud" }),
  region: "fr-par",
  bucket: "shop-backups",
  credentials,
};
const drill: palier.DrillArgs = {
  identity: key("age", "identity"),
  assertions: [{ sql: "SELECT count(*) FROM orders", atLeast: 1 }],
};

function backup(args: Partial<palier.BackupArgs> = {}, stack = "production"): Promise<Declared[]> {
  return declared({ stack }, () => {
    const environment = new palier.Environment("shop");
    const db = new palier.Postgres("db", { environment, image, databases: { shop: {} } });
    const given = { environment, of: db.links["shop"]!, image, to, recipients: [recipient], keep: { days: 30 } };
    new palier.Backup("db-backup", { ...given, drill, alerts: true, ...args });
  });
}

function restored(restore: Partial<palier.RestoreArgs>, stack = "staging"): Promise<Declared[]> {
  return declared({ stack }, () => {
    const environment = new palier.Environment("shop");
    const all = { image, from: to, identity: key("age", "identity"), ...restore };
    const db = new palier.Postgres("db", { environment, image, databases: { shop: { restore: all }, other: {} } });
    new palier.App("api", { environment, image, links: { DATABASE_URL: db.links["shop"]! } });
  });
}

const cronJob = (resources: Declared[], name: string) => find(resources, "kubernetes:batch/v1:CronJob", name).inputs;
const containerOf = (spec: { template: { spec: { containers: unknown[] } } }) =>
  spec.template.spec.containers[0] as { env: { name: string; value?: string; valueFrom?: unknown }[] };
const variable = (container: ReturnType<typeof containerOf>, name: string) =>
  container.env.find((one) => one.name === name)?.value;

describe("Backup", function backups() {
  this.timeout(60_000);

  it("saves daily in its time zone, one run at a time, and keeps what it says [MP-100 MP-101 DP-28]", async () => {
    const { spec } = cronJob(await backup({ timeZone: "Europe/Paris" }), "db-backup");
    assert.equal(spec.schedule, "0 2 * * *");
    assert.equal(spec.timeZone, "Europe/Paris");
    assert.equal(spec.concurrencyPolicy, "Forbid");
    const container = containerOf(spec.jobTemplate.spec);
    assert.equal(variable(container, "KEEP_DAYS"), "30");
    assert.equal(variable(container, "KEEP_AT_LEAST"), "7");
    assert.equal(variable(container, "STORE"), "store:shop-backups");
    assert.equal(variable(container, "RCLONE_CONFIG_STORE_ENDPOINT"), "https://s3.fr-par.scw.cloud");
  });

  it("has time to say thrice that the store is silent before its deadline ends it", async () => {
    const { spec } = cronJob(await backup(), "db-backup").spec.jobTemplate;
    const seconds = Number(/^(\d+)s$/.exec(variable(containerOf(spec), "RCLONE_TIMEOUT")!)![1]);
    assert.ok((spec.backoffLimit + 1) * mostTries * seconds <= spec.activeDeadlineSeconds);
  });

  it("connects as a role of its own that only reads, over verified TLS", async () => {
    const resources = await backup();
    const container = containerOf(cronJob(resources, "db-backup").spec.jobTemplate.spec);
    assert.equal(variable(container, "PGUSER"), "db-backup.shop.backup");
    assert.equal(variable(container, "PGSSLMODE"), "verify-full");
    const job = find(resources, "kubernetes:batch/v1:Job", "db-backup-job").inputs;
    assert.match(variable(containerOf(job.spec), "SQL")!, /pg_read_all_data/);
    assert.doesNotMatch(JSON.stringify(resources.filter(({ type }) => !/Secret|random/.test(type))), /made-db-backup/);
  });

  it("has another password with each rotation of its link [MP-129]", async () => {
    const passwords = (rotate?: string) =>
      declared({ stack: "production" }, () => {
        const environment = new palier.Environment("shop");
        const db = new palier.Postgres("db", { environment, image, databases: { shop: {} } });
        const of = { ...db.links["shop"]!, rotate };
        new palier.Backup("db-backup", { environment, of, image, to, recipients: [recipient], keep: { days: 30 } });
      }).then((resources) => ({
        names: resources.map(({ name }) => name).filter((name) => name.startsWith("db-backup-password")),
        secret: find(resources, "kubernetes:core/v1:Secret", "db-backup-secret").inputs,
      }));
    const [before, after] = [await passwords(), await passwords("2026-11-01")];
    assert.deepEqual([before.names, after.names], [["db-backup-password"], ["db-backup-password-2026-11-01"]]);
    assert.notEqual(before.secret.stringData.password, after.secret.stringData.password);
    assert.equal(after.secret.metadata.annotations["palier.dev/rotated-at"], "2026-11-01");
  });

  it("drills monthly, in pods that reach the store and no database [DP-29 DP-83]", async () => {
    const resources = await backup();
    const { spec, metadata } = cronJob(resources, "db-backup-drill");
    assert.equal(spec.schedule, "0 4 1 * *");
    assert.equal(metadata.labels["palier.dev/restore-of"], "db");
    assert.equal(variable(containerOf(spec.jobTemplate.spec), "RTO_SECONDS"), "14400");
    const policies = resources.filter(({ type }) => type.endsWith(":NetworkPolicy"));
    const own = policies.filter(
      ({ inputs }) => inputs.spec.podSelector.matchLabels?.["app.kubernetes.io/name"] === "db-backup-drill",
    );
    assert.deepEqual(
      own.map(({ name }) => name),
      ["db-backup-drill-store-out"],
    );
    assert.equal(
      (await backup({ drill: undefined })).some(({ name }) => name.startsWith("db-backup-drill")),
      false,
    );
  });

  it("alerts when the last backup that succeeded is too long ago, or nobody watches it [MP-146 DP-82]", async () => {
    const { spec } = find(
      await backup(),
      "kubernetes:monitoring.coreos.com/v1:PrometheusRule",
      "db-backup-alerts",
    ).inputs;
    const of = '{namespace="shop-production",cronjob="db-backup"}';
    const [late, unwatched, drillLate] = spec.groups[0].rules;
    assert.equal(
      late.expr,
      `time() - max by (namespace, cronjob) (kube_cronjob_status_last_successful_time${of} or kube_cronjob_created${of}) > ${26 * 3600}`,
    );
    assert.equal(unwatched.expr, `absent(kube_cronjob_created${of})`);
    assert.match(drillLate.expr, /cronjob="db-backup-drill".* > 2764800$/);
  });

  for (const stack of ["dev", "staging", "production"]) {
    it(`is refused by no rule in ${stack}, and fits the schema of Kubernetes [P-34 P-35]`, async () => {
      const resources = [...(await backup({}, stack)), ...(await restored({}, stack))];
      assert.deepEqual(refusedOf(stack, resources), []);
      for (const one of resources) if (/^kubernetes:batch/.test(one.type)) assert.deepEqual(schemaErrors(one), []);
    });
  }

  it("is what the rules about backups look for [P-34 P-35]", async () => {
    const about = /^(database-is-backed-up|backup-is-sound|restore-is-drilled|restore-is-masked):/;
    const without = (await backup()).filter(({ name }) => !name.startsWith("db-backup"));
    assert.equal(saidOf("production", without).filter(({ text }) => about.test(text)).length, 2);
    assert.deepEqual(
      saidOf("production", await backup()).filter(({ text }) => about.test(text)),
      [],
    );
  });

  const given = (args: object) => () => backup(args as Partial<palier.BackupArgs>);
  const store = (args: object) => given({ to: { ...to, ...args } });
  const elsewhere: palier.PostgresLink = {
    database: "shop",
    admin: key("db", "password"),
    authority: key("db", "ca.crt"),
    image,
    extensions: [],
  };
  const wrong: Record<string, [() => Promise<unknown>, string]> = {
    "an unknown time zone": [given({ timeZone: "Paris" }), 'timeZone: "Paris" is not allowed; give a time zone'],
    "a schedule longer than may be lost": [
      given({ schedule: "0 2 * * mon" }),
      'schedule: "0 2 * * mon" leaves 168 h between two backups, and the dump takes its time too, where rpoHours allows 26 h',
    ],
    "a daily one where less than a day may be lost [C-39]": [
      given({ rpoHours: 24 }),
      'schedule: "0 2 * * *" leaves 24 h between two backups, and the dump takes its time too, where rpoHours allows 24 h',
    ],
    "nobody to encrypt for [MP-137 DP-78]": [
      given({ recipients: [] }),
      "recipients: an empty list is not allowed; give at least 1 item",
    ],
    "a secret key to encrypt for": [
      given({ recipients: [`AGE-SECRET-KEY-1${"Q".repeat(58)}`] }),
      "recipients[0]: is a secret key; give its public half",
    ],
    "a store in the cluster, in production [C-37 DP-79]": [
      store({
        endpoint: {
          kind: "s3",
          name: "minio",
          host: "minio",
          port: 9000,
          selector: { app: "minio" },
          ready: "",
          address: "http://minio:9000",
        },
      }),
      "to.endpoint: minio is in the cluster, and what takes the database takes its backups too; give one outside",
    ],
    "a store in clear": [
      store({ endpoint: palier.outside({ host: "s3.example.com", scheme: "http" }) }),
      'to.endpoint: "http://s3.example.com:443" sends the credentials in clear',
    ],
    "a bucket of another environment": [
      store({ bucket: "shop-staging-backups" }),
      'to.bucket: "shop-staging-backups" names staging, and this is production',
    ],
    "no credentials": [store({ credentials: undefined }), "to.credentials: is missing; give an object with id, secret"],
    "half of the credentials": [store({ credentials: { id: credentials.id } }), "to.credentials.secret: is missing"],
    "no word of how long, in production [DP-80]": [
      given({ keep: undefined }),
      "keep: is missing; production says how long its backups are kept",
    ],
    "no day at all": [given({ keep: { days: 0 } }), "keep.days: 0 is not allowed; give a whole number from 1 to 3650"],
    "none at least": [given({ keep: { days: 1, atLeast: 0 } }), "keep.atLeast: 0 is not allowed"],
    "a drill that asserts nothing": [
      given({ drill: { ...drill, assertions: [{ sql: "SELECT 1" }] } }),
      "drill.assertions[0]: asserts nothing; give atLeast or atMost",
    ],
    "a server whose name is too long for a label": [
      given({ of: { ...to.endpoint, name: "s".repeat(64), postgres: elsewhere } }),
      `of.name: "${"s".repeat(64)}" is not allowed; give at most 63 letters, digits, inner dashes, dots and underscores`,
    ],
    "what is no database": [given({ of: to.endpoint }), "of: leads to s3.fr-par.scw.cloud, which is no Postgres"],
  };
  for (const [what, [make, says]] of Object.entries(wrong)) {
    it(`refuses ${what}`, () =>
      assert.rejects(make, ({ message }: Error) => {
        assert.ok(message.startsWith("Backup db-backup: "), message);
        assert.ok(message.includes(says), message);
        return true;
      }));
  }
});

describe("a database that begins with a backup", function restores() {
  this.timeout(60_000);

  it("is restored before an app's roles are made [MP-143]", async () => {
    const resources = await restored({ at: "2026-11-20T02:00:00Z" });
    const { spec, metadata } = find(resources, "kubernetes:batch/v1:Job", "db-shop-restore-job").inputs;
    assert.equal(variable(containerOf(spec), "FROM"), "20261120T020000Z");
    assert.equal(variable(containerOf(spec), "SOURCE_ENVIRONMENT"), "staging");
    assert.equal(metadata.annotations["palier.dev/after"], "db");
    const access = find(resources, "kubernetes:batch/v1:Job", "api-database-url-job").inputs;
    assert.equal(access.metadata.annotations["palier.dev/after"], "db-shop-restore-job-id");
  });

  it("takes another environment's with a mask alone", async () => {
    const mask = "UPDATE public.people SET email = ''";
    const resources = await restored({ environment: "production", mask });
    const { spec } = find(resources, "kubernetes:batch/v1:Job", "db-shop-restore-job").inputs;
    assert.equal(variable(containerOf(spec), "MASK"), mask);
    assert.deepEqual(refusedOf("staging", resources), []);
    await assert.rejects(restored({ environment: "production" }), {
      message:
        "Postgres db: databases.shop.restore.mask: is missing; a backup of production holds what people left there, " +
        "and this is staging: give the SQL that takes it out",
    });
  });

  it("refuses a time that is none", () =>
    assert.rejects(
      restored({ at: "yesterday" }),
      /databases\.shop\.restore\.at: "yesterday" is not allowed; give latest or a time/,
    ));
});
