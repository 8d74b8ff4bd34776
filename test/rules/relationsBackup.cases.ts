import { databaseSaved, restoreDrilled } from "../../core/rules/relations/backupExists.ts";
import { backupSound } from "../../core/rules/relations/backupSound.ts";
import { restoreMasked } from "../../core/rules/relations/restoreMasked.ts";
import { type Manifest, manifest } from "./manifests.ts";
import { tables } from "./table.ts";

const { cases, table } = tables();

export { cases };

const claims = { volumeClaimTemplates: [{ metadata: { name: "data" } }] };
export const db = (spec: object = claims, image = "postgres:17", pod: object = {}): Manifest =>
  manifest(
    "StatefulSet",
    { spec: { ...spec, template: { metadata: { labels: { app: "db" } }, spec: { ...pod, containers: [{ image }] } } } },
    { name: "db" },
  );
export const service = manifest("Service", { spec: { selector: { app: "db" } } }, { name: "db" });
export const job = (container: object, metadata: object = {}, spec: object = {}, pod: object = {}): Manifest =>
  manifest(
    "CronJob",
    {
      spec: {
        schedule: "0 3 * * *",
        ...spec,
        jobTemplate: { spec: { template: { spec: { ...pod, containers: [{ image: "tool:1", ...container }] } } } },
      },
    },
    { name: "backup", ...metadata },
  );
const env = (values: Record<string, unknown>) => Object.entries(values).map(([name, value]) => ({ name, value }));
export const dumps = (host: unknown) =>
  job({ command: ["sh", "-c", "pg_dump | gpg > out"], env: env({ PGHOST: host }) });
const named = (value: string) => job({}, { labels: { "palier.dev/backup-of": value } });
const cnpg = (spec: object = {}) => manifest("Cluster", { apiVersion: "postgresql.cnpg.io/v1", spec }, { name: "pg" });
const scheduled = (spec: object) => manifest("ScheduledBackup", { spec }, { name: "daily" });
const velero = (spec: object) => manifest("Schedule", { apiVersion: "velero.io/v1", spec }, { namespace: "velero" });

table(databaseSaved, {
  refuses: {
    "a database that nothing saves": db(),
    "one beside a backup of another": [db(), service, dumps("other")],
    "one that a label does not name": [db(), named("other")],
    "one in a Deployment with a volume": {
      ...db({}, "mysql:9", { volumes: [{ persistentVolumeClaim: { claimName: "data" } }] }),
      kind: "Deployment",
    },
    "an operator's cluster": cnpg(),
    "an operator's cluster beside a schedule for another": [cnpg(), scheduled({ cluster: { name: "other" } })],
    "one whose CronJob does something else": [db(), service, job({ command: ["psql", "-h", "db"] })],
  },
  passes: {
    "one that a dump by its address saves": [db(), service, dumps("db.shop")],
    "one that a label names": [db(), named("db")],
    "one in a URL": [
      db(),
      service,
      job({ args: ["restic backup"], env: env({ DATABASE_URL: "postgres://u:$(P)@db:5432/x" }) }),
    ],
    "one on the command line": [db(), service, job({ command: ["pg_dump", "--host=db", "shop"] })],
    "one by its Secret": [
      db(claims, "postgres:17", { volumes: [{ secret: { secretName: "admin" } }] }),
      job({
        command: ["pg_dumpall"],
        env: [{ name: "PGPASSWORD", valueFrom: { secretKeyRef: { name: "admin", key: "p" } } }],
      }),
    ],
    "one by its volume": [
      db(),
      job({ args: ["restic"] }, {}, {}, { volumes: [{ persistentVolumeClaim: { claimName: "data-db-0" } }] }),
    ],
    "an operator's cluster with a schedule": [cnpg(), scheduled({ cluster: { name: "pg" } })],
    "one whose namespace is saved": [db(), velero({ template: { includedNamespaces: ["shop"] } })],
    "a cache without a volume": db({ volumeClaimTemplates: [] }, "redis:8"),
    "one that somebody else saves": { set: { external: ["d*"] }, of: db() },
  },
});

const drill = (schedule: string, metadata: object = {}, spec: object = {}) =>
  job({ command: ["pg_restore", "last.dump"] }, metadata, { schedule, ...spec });
table(restoreDrilled, {
  refuses: {
    "no drill": [db(), dumps("db")],
    "one a quarter": [db(), drill("0 4 1 */3 *")],
    "one that is stopped": [db(), drill("0 4 1 * *", {}, { suspend: true })],
    "one for another": [db(), drill("0 4 1 * *", { labels: { "palier.dev/restore-of": "other" } })],
  },
  passes: {
    "one a month": [db(), drill("0 4 1 * *")],
    "one a week, by its label": [db(), drill("@weekly", { labels: { "palier.dev/restore-of": "db" } })],
    "one a quarter, where that is enough": { set: { days: 93 }, of: [db(), drill("0 4 1 */3 *")] },
    "nothing to restore": db({}, "redis:8"),
  },
});

const key = { name: "RESTIC_PASSWORD", valueFrom: { secretKeyRef: { name: "k", key: "p" } } };
const away = { name: "RESTIC_REPOSITORY", value: "s3:https://s3.example/shop" };
const kept = { name: "RETENTION_DAYS", value: "30" };
export const restic = (
  variables: object[] = [key, away, kept],
  spec: object = {},
  command = ["restic", "backup", "/data"],
) => job({ command, env: variables }, {}, spec);
const store = (barmanObjectStore: object, more: object = {}) => cnpg({ backup: { barmanObjectStore, ...more } });
const archive = (spec: object): [Manifest, Manifest] => [
  manifest("ObjectStore", { apiVersion: "barmancloud.cnpg.io/v1", spec }, { name: "store" }),
  cnpg({ plugins: [{ name: "barman-cloud.cloudnative-pg.io", parameters: { barmanObjectName: "store" } }] }),
];
const encrypted = { wal: { encryption: "AES256" }, data: { encryption: "AES256" } };
table(backupSound, {
  refuses: {
    "an operator's archive in clear": archive({ configuration: {}, retentionPolicy: "30d" }),
    "an operator's archive of a day": archive({ configuration: encrypted, retentionPolicy: "1d" }),
    "one a week": restic(undefined, { schedule: "0 2 * * 1" }),
    "one on working days": restic(undefined, { schedule: "0 2 * * 1-5" }),
    "one that is stopped": restic(undefined, { suspend: true }),
    "one in clear": restic([away, kept]),
    "one whose public key is none": restic([{ name: "AGE_RECIPIENTS", value: "age1" }, away, kept]),
    "one whose key is no Secret": restic([{ name: "RESTIC_PASSWORD", value: "x" }, away, kept]),
    "one on the same site [DP-79]": restic([key, { name: "RESTIC_REPOSITORY", value: "/backup" }, kept]),
    "one kept for no stated time [DP-80]": restic([key, away]),
    "one kept for a day": restic([key, away, { name: "RETENTION_DAYS", value: "1" }]),
    "one less often than may be lost": { set: { rpoHours: 1 }, of: restic() },
    "one a day, where less than a day may be lost [MP-146 C-39]": { set: { rpoHours: 24 }, of: restic() },
    "an operator's, once a week": scheduled({ schedule: "0 0 0 * * 0" }),
    "an operator's in clear": store({ destinationPath: "s3://b" }, { retentionPolicy: "30d" }),
    "an operator's for a day": store({ data: { encryption: "AES256" } }, { retentionPolicy: "1d" }),
  },
  passes: {
    "an operator's archive": archive({ configuration: encrypted, retentionPolicy: "30d" }),
    "a store that nothing is archived to": manifest("ObjectStore", {
      apiVersion: "barmancloud.cnpg.io/v1",
      spec: { configuration: {} },
    }),
    "one a day, encrypted, off the site, kept a month": restic(),
    "one every twelve hours, where less than a day may be lost [MP-146]": {
      set: { rpoHours: 24 },
      of: restic(undefined, { schedule: "0 */12 * * *" }),
    },
    "one that says so on its command line": restic([key], {}, [
      "sh",
      "-c",
      "restic -r sftp:b@site:/x backup /d && restic forget --keep-daily 14",
    ]),
    "one with a key as a file": job(
      {
        command: ["sh", "-c", "pg_dump | gpg -r b | aws s3 cp - s3://b/x"],
        volumeMounts: [{ name: "key", mountPath: "/etc/gpg" }],
      },
      { annotations: { "palier.dev/retention-days": "30" } },
      {},
      { volumes: [{ name: "key", secret: { secretName: "k" } }] },
    ),
    "one that is encrypted for a public key": restic([
      { name: "AGE_RECIPIENTS", value: `age1${"q".repeat(58)}` },
      away,
      kept,
    ]),
    "an operator's, once a day": scheduled({ schedule: "0 0 3 * * *" }),
    "an operator's store": store({ data: { encryption: "AES256" } }, { retentionPolicy: "4w" }),
    "what is no backup": job({ command: ["node", "clean.ts"] }, {}, { schedule: "@weekly" }),
  },
});

const restoring = (values: Record<string, unknown>) =>
  manifest(
    "Job",
    { spec: { template: { spec: { containers: [{ image: "tool:1", env: env(values) }] } } } },
    { name: "restore", labels: { "palier.dev/restore-of": "db" } },
  );
table(restoreMasked, {
  refuses: {
    "production's data as it is": {
      around: { stage: "staging" },
      of: restoring({ SOURCE_ENVIRONMENT: "production", MASK: "" }),
    },
    "that without a word of a mask": { around: { stage: "dev" }, of: restoring({ SOURCE_ENVIRONMENT: "staging" }) },
  },
  passes: {
    "production's data, masked": {
      around: { stage: "staging" },
      of: restoring({ SOURCE_ENVIRONMENT: "production", MASK: "UPDATE public.people SET email = ''" }),
    },
    "an environment's own": {
      around: { stage: "staging" },
      of: restoring({ SOURCE_ENVIRONMENT: "staging", MASK: "" }),
    },
    "a review's own": {
      around: { stage: "review", review: "pr-7" },
      of: restoring({ SOURCE_ENVIRONMENT: "pr-7", MASK: "" }),
    },
    "a Job that restores nothing": job({ env: env({ SOURCE_ENVIRONMENT: "production" }) }),
  },
});
