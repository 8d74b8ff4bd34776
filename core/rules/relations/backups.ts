import { containers, podSpec } from "../reading/containers.ts";
import type { Inventory } from "../reading/inventory.ts";
import type { KubernetesObject } from "../reading/kubernetesObject.ts";
import { addressesOf, isTold, names } from "./addresses.ts";
import { type Answer, anyOf } from "./answer.ts";
import { engineOf, isPooler, isPostgresCluster } from "./databases.ts";
import { environmentOf } from "./environment.ts";
import { secretsNamed } from "./secretUse.ts";

/** Labels by which a CronJob says which database it saves, or tries the copies of. */
export const backupOf = "palier.dev/backup-of";
export const restoreOf = "palier.dev/restore-of";
/** Label of the Jobs of a CronJob that saves what is no database: another copy of what is in one, or files. */
export const exportOf = "palier.dev/export-of";

const saves =
  /\b(pg_dump|pg_dumpall|pg_basebackup|pgbackrest|wal-g|wal-e|barman|restic|kopia|borg|mysqldump|mariadb-dump|mariabackup|xtrabackup|mongodump)\b|redis-cli\b.*--rdb/s;
const restores =
  /\b(pg_restore|mongorestore|backup-fetch)\b|\b(restic|kopia|pgbackrest)\b.*\brestore\b|\bbarman\b.*\brecover\b|\bborg\b.*\bextract\b/s;

/** All that the containers of a workload are told to run, in one text. */
export function commandText(object: KubernetesObject): string {
  return containers(object)
    .flatMap(({ field }) => [...field.at("command").items(), ...field.at("args").items()])
    .map(({ text }) => text ?? "")
    .join(" ");
}

/** Whether a CronJob tries whether a copy can be restored. */
export function isDrill(object: KubernetesObject): boolean {
  if (object.kind !== "CronJob") return false;
  return !labelled(object, restoreOf).absent || restores.test(commandText(object));
}

function isExport({ root }: KubernetesObject): boolean {
  return !root.at("spec", "jobTemplate", "metadata", "labels", exportOf).absent;
}

/** Whether a CronJob saves a database, by its label, its command or the name of its image. */
export function isBackup(object: KubernetesObject): boolean {
  if (object.kind !== "CronJob" || isDrill(object) || isExport(object)) return false;
  const image = containers(object).some(({ field }) =>
    /backup|pg-?dump|restic|wal-g|pgbackrest/.test(field.at("image").text ?? ""),
  );
  return image || !labelled(object, backupOf).absent || saves.test(commandText(object));
}

export const labelled = ({ root }: KubernetesObject, label: string) => {
  const own = root.at("metadata", "labels", label);
  return own.absent ? root.at("metadata", "annotations", label) : own;
};

/** Databases that keep what they hold on a volume: a cache in memory has nothing to save. */
export function keepsData(object: KubernetesObject): boolean {
  if (isPostgresCluster(object)) return true;
  const engine = engineOf(object);
  if (engine === undefined || engine === "unknown" || isPooler(object)) return false;
  const claims = object.root.at("spec", "volumeClaimTemplates").items();
  const volumes = podSpec(object)!.at("volumes").items();
  return claims.length > 0 || volumes.some((volume) => !volume.at("persistentVolumeClaim").absent);
}

/** Whether something saves this database. */
export function isSaved(database: KubernetesObject, inventory: Inventory): Answer {
  const jobs = inventory.all(["CronJob"]).filter(isBackup);
  const scheduled = inventory
    .sharing(database, "ScheduledBackup")
    .map(({ root }) => root.at("spec", "cluster", "name"));
  return anyOf([
    ...jobs.map((job) => concerns(job, database, inventory, backupOf)),
    ...scheduled.map((name): Answer => {
      if (!isPostgresCluster(database)) return "no";
      return name.unknown || database.name === undefined ? "unknown" : name.text === database.name ? "yes" : "no";
    }),
    ...inventory.all(["Schedule"]).map((schedule) => snapshots(schedule, database)),
  ]);
}

/** Whether a CronJob is about this database: by its label, or by an address or a Secret that it shares with it. */
export function concerns(job: KubernetesObject, database: KubernetesObject, inventory: Inventory, by: string): Answer {
  const label = labelled(job, by);
  if (!label.absent) {
    if (label.unknown || database.name === undefined) return "unknown";
    return label.text === database.name ? "yes" : "no";
  }
  const addresses = addressesOf(database, inventory);
  if (names(commandText(job), false, addresses)) return "yes";
  const near = job.namespace === undefined || database.namespace === undefined || job.namespace === database.namespace;
  const own = new Set(near ? secretsNamed(database).map(({ text }) => text) : []);
  const shared = secretsNamed(job).some(({ text }) => text !== undefined && own.has(text));
  const told = containers(job).map(({ field }) => isTold(environmentOf(job, field, inventory), addresses));
  return anyOf([...told, shared || (near && sharesVolume(job, database)) ? "yes" : "no"]);
}

/** The claim of a StatefulSet's pod is `data-db-0`. */
function sharesVolume(job: KubernetesObject, database: KubernetesObject): boolean {
  const claims = (object: KubernetesObject) =>
    (podSpec(object)?.at("volumes").items() ?? []).map(
      (one) => one.at("persistentVolumeClaim", "claimName").text ?? "",
    );
  const own = new Set(claims(database).filter((name) => name !== ""));
  return claims(job).some((name) => own.has(name) || (/-\d+$/.test(name) && name.includes(`-${database.name}-`)));
}

/** Velero's Schedule takes the volumes of the namespaces that it names, or of all. */
function snapshots({ root }: KubernetesObject, { namespace }: KubernetesObject): Answer {
  if (!(root.at("apiVersion").text ?? "").startsWith("velero.io/")) return "no";
  const places = root.at("spec", "template", "includedNamespaces");
  if (places.unknown) return "unknown";
  const named = places.items().map(({ text }) => text);
  return named.length === 0 || named.includes("*") || named.includes(namespace) ? "yes" : "no";
}
