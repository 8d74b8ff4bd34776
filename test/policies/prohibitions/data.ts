import type { Change, Manifest, Prohibition } from "./deviation.ts";
import { object, refusing, variable } from "./parts.ts";

const command = (command: string[]): Change => ({
  of: "Job api-migrate-job",
  field: "spec.template.spec.containers[0].command",
  to: () => command,
});
const rollback = (plan: string | undefined): Change => ({
  of: "Job api-migrate-job",
  field: 'metadata.annotations["palier.dev/rollback"]',
  to: () => plan,
});

/** A CronJob that saves the database, or tries its copies. */
function scheduled(name: string, schedule: string, label: string, env: object[]): Manifest {
  const containers = [{ name: "job", image: `registry.example/postgres@sha256:${"b".repeat(64)}`, env }];
  const spec = { schedule, jobTemplate: { spec: { template: { spec: { restartPolicy: "Never", containers } } } } };
  const metadata = { name, namespace: "avnir-production", labels: { [label]: "db" } };
  return { ...object("batch/v1", "CronJob", name, { spec }), metadata };
}
const key = { name: "RESTIC_PASSWORD", valueFrom: { secretKeyRef: { name: "backup", key: "password" } } };
const place = { name: "RESTIC_REPOSITORY", value: "s3:https://objects.example/avnir" };
const kept = { name: "RETENTION_DAYS", value: "30" };
const backup = (...env: object[]) => scheduled("db-backup", "0 2 * * *", "palier.dev/backup-of", env);
const drill = scheduled("db-drill", "0 3 1 * *", "palier.dev/restore-of", [key, place]);

const disks = (encrypted: string) => ({
  changes: [
    {
      of: "StatefulSet db",
      field: "spec.volumeClaimTemplates[0].spec.storageClassName",
      to: () => "disks",
    },
  ],
  adds: [
    object("storage.k8s.io/v1", "StorageClass", "disks", {
      provisioner: "ebs.csi.aws.com",
      parameters: { encrypted },
    }),
  ],
});
const reports = (mode: string) => ({ changes: [variable("REPORTS_URL", `postgres://db/reports?sslmode=${mode}`)] });
const region = (name: string) => ({
  changes: [variable("AWS_REGION", name)],
  set: { "data-residency": { allowedRegions: ["eu-*"] } },
});

/** Whose data it is, who may reach it, and whether it is there tomorrow. */
export const data: readonly Prohibition[] = [
  {
    demand: "R-06",
    does: "takes production's database in staging",
    rule: "no-prod-data-in-nonprod",
    refused: { stack: "staging", changes: [variable("DATABASE_NAME", "prod_db")] },
    passes: { changes: [variable("DATABASE_NAME", "prod_db")] },
  },
  {
    demand: "R-13",
    does: "migrates and does not say how to go back",
    rule: "migration-rollback-declared",
    refused: { changes: [rollback(undefined)] },
    passes: { changes: [rollback("restore")] },
  },
  {
    demand: "R-19",
    does: "takes staging's database in production",
    rule: "env-isolation",
    refused: { changes: [variable("DATABASE_NAME", "staging_db")] },
    passes: { stack: "staging", changes: [variable("DATABASE_NAME", "staging_db")] },
  },
  {
    demand: "R-20",
    does: "opens the database to the internet",
    rule: "database-not-external",
    refused: { changes: [{ of: "Service db-service", field: "spec.type", to: () => "LoadBalancer" }] },
    passes: { changes: [{ of: "Service db-service", field: "spec.type", to: () => "ClusterIP" }] },
  },
  {
    demand: "R-21",
    does: "has no backup",
    rule: "database-is-backed-up",
    refused: { set: refusing("database-is-backed-up") },
    passes: { adds: [backup(key, place, kept)], set: refusing("database-is-backed-up") },
  },
  {
    demand: "R-22",
    does: "never tries its backups",
    rule: "restore-is-drilled",
    refused: { set: refusing("restore-is-drilled") },
    passes: { adds: [drill], set: refusing("restore-is-drilled") },
  },
  {
    demand: "R-23",
    does: "keeps the database on disks that are not encrypted",
    rule: "encryption-at-rest",
    refused: disks("false"),
    passes: disks("true"),
  },
  {
    demand: "R-30",
    does: "keeps backups for no stated time",
    rule: "backup-is-sound",
    refused: { adds: [backup(key, place)], set: refusing("backup-is-sound") },
    passes: { adds: [backup(key, place, kept)], set: refusing("backup-is-sound") },
  },
  {
    demand: "R-31",
    does: "keeps data outside the regions that are allowed",
    rule: "data-residency",
    refused: region("us-east-1"),
    passes: region("eu-west-3"),
  },
  {
    demand: "R-43",
    does: "would speak to Postgres in clear",
    rule: "postgres-ssl",
    refused: reports("prefer"),
    passes: reports("verify-full"),
  },
  {
    demand: "R-44",
    does: "gives a Postgres role all rights",
    rule: "database-role-is-modest",
    refused: { role: { superuser: true } },
    passes: { role: { superuser: false } },
  },
  {
    demand: "R-45",
    does: "saves the database in clear",
    rule: "backup-is-sound",
    refused: { adds: [backup(place, kept)], set: refusing("backup-is-sound") },
    passes: { adds: [backup(key, place, kept)], set: refusing("backup-is-sound") },
  },
  {
    demand: "R-53",
    does: "pushes the schema",
    rule: "no-prisma-db-push",
    refused: { changes: [command(["npx", "prisma", "db", "push"])] },
    passes: { changes: [command(["npx", "prisma", "migrate", "deploy"])] },
  },
];
