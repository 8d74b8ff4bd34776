import { z } from "zod";
import { finding, notDecided } from "../finding.ts";
import { ruleWith } from "../parameters.ts";
import { type Container, containers } from "../reading/containers.ts";
import type { Field } from "../reading/field.ts";
import type { KubernetesObject } from "../reading/kubernetesObject.ts";
import type { Finding, Subject } from "../rule.ts";
import { commandText, isBackup } from "./backups.ts";
import { isPostgresCluster } from "./databases.ts";
import { type Environment, environmentOf } from "./environment.ts";
import { retentionDays } from "./retention.ts";
import { losesMore, usualRpoHours } from "./rpo.ts";
import { advisedInProduction } from "./stages.ts";

export const backupSound = ruleWith(
  {
    id: "backup-is-sound",
    description:
      "A backup runs often enough, is encrypted with a public key or one from a Secret, goes off the site and is kept for a stated time.",
    why: "A copy that is old, in clear, on the same disk or soon gone does not help on the day that it is needed.",
    severity: "high",
    levels: advisedInProduction,
    demands: ["R-21", "R-30", "R-45"],
    rows: ["J04"],
    relation: true,
    parameters: z.strictObject({
      rpoHours: z
        .number()
        .min(0.1)
        .default(usualRpoHours)
        .describe("hours of work that may be lost: more than lie between two backups, as a dump takes its time too"),
      retentionDays: z.number().min(0).default(7).describe("shortest time for which a backup is kept, in days"),
    }),
  },
  (subject, given) => {
    const { object } = subject;
    if (object.partial) return [];
    if (isPostgresCluster(object)) return managed(object.root.at("spec", "backup"), given.retentionDays);
    if (object.kind === "ObjectStore") return isArchive(subject) ? archived(object.root, given.retentionDays) : [];
    const job = isBackup(object);
    if (!job && object.kind !== "ScheduledBackup") return [];
    return [...often(object.root.at("spec"), given.rpoHours), ...(job ? safe(subject, given.retentionDays) : [])];
  },
);

function often(spec: Field, rpoHours: number): Finding[] {
  const [schedule, suspend] = [spec.at("schedule"), spec.at("suspend")];
  const open = [suspend, schedule].find(({ unknown }) => unknown);
  if (open) return [notDecided(open)];
  if (suspend.text === "true") {
    return [finding(suspend, { problem: "stops the backup", fix: "leave it out", value: suspend.text })];
  }
  const problem = losesMore(schedule.text ?? "", rpoHours);
  if (problem === undefined) return [];
  return [finding(schedule, { problem, fix: `let less than ${rpoHours} h lie between two`, value: schedule.text })];
}

const keyNames = /ENCRYPT|PASSPHRASE|RESTIC_PASSWORD|KOPIA_PASSWORD|BORG_PASS|CIPHER|GPG|(^|_)AGE(_|$)|KMS|LIBSODIUM/i;
/** Of age's: its holder alone opens what is encrypted for it, and the backup itself can't. */
const publicKey = /^age1[02-9ac-hj-np-z]{58}( |$)/;
const placeNames = /BUCKET|ENDPOINT|REPOSITORY|DESTINATION|REMOTE|(^|_)S3(_|$)|_PREFIX$/i;
const faraway = /\b(s3|gs|gcs|azure?|abfss?|b2|swift|sftp|ssh|rest|rclone|https?):(\/\/)?[\w$([]|\b[\w.-]+@[\w.-]+:/i;

/** What the containers of a backup are given, all together. */
function safe({ object, inventory }: Subject, least: number): Finding[] {
  const all = containers(object);
  const given = all.map(({ field }) => environmentOf(object, field, inventory));
  const variables = given.flatMap((one) => [...one.variables]);
  const command = commandText(object);
  const place = all[0]?.field.at("env") ?? object.root.at("spec");
  const key =
    variables.some(([name, value]) => (keyNames.test(name) && value.secret) || publicKey.test(value.text ?? "")) ||
    mountsKey(object, all);
  const away =
    faraway.test(command) ||
    variables.some(([name, { text, unknown }]) => {
      if (unknown || text === undefined) return placeNames.test(name);
      return faraway.test(text) || (placeNames.test(name) && text !== "" && !text.startsWith("/"));
    });
  const kept = retentionDays(object, command, variables);
  const missing = [
    ...(key
      ? []
      : [
          {
            problem: "has neither a public key to encrypt for nor a key from a Secret",
            fix: "give age's public key, or read one with secretKeyRef, such as RESTIC_PASSWORD",
          },
        ]),
    ...(away ? [] : [{ problem: "names no place off the site", fix: "write to a bucket, such as s3://…" }]),
    ...(kept === undefined
      ? [{ problem: "does not say how long a backup is kept", fix: `set RETENTION_DAYS: "${least}" or more` }]
      : []),
  ];
  const short = typeof kept === "number" && kept < least;
  if (missing.length > 0 && mayHaveMore(given, all)) return [notDecided(place)];
  return [
    ...missing.map((words) => finding(place, words)),
    ...(short
      ? [finding(place, { problem: `keeps a backup for ${kept} days`, fix: `keep it for ${least} or more` })]
      : []),
  ];
}

function mayHaveMore(given: readonly Environment[], all: readonly Container[]): boolean {
  const lines = all.flatMap(({ field }) => [field, ...field.at("command").items(), ...field.at("args").items()]);
  return given.some(({ open }) => open) || lines.some(({ unknown }) => unknown);
}

/** A key as a file: from a Secret whose name, or the path of whose files, says so. */
function mountsKey({ root }: KubernetesObject, all: readonly Container[]): boolean {
  const spec = root.at("spec", "jobTemplate", "spec", "template", "spec");
  const secrets = spec
    .at("volumes")
    .items()
    .filter((volume) => !volume.at("secret").absent);
  return secrets.some((volume) => {
    const mounts = all.flatMap(({ field }) => field.at("volumeMounts").items());
    const own = mounts.filter((mount) => mount.at("name").text === volume.at("name").text);
    const texts = [volume.at("secret", "secretName"), ...own.map((mount) => mount.at("mountPath"))];
    return texts.some(({ text = "" }) => keyNames.test(text.replaceAll(/[-/.]/g, "_")));
  });
}

/** Whether a Cluster of CloudNativePG writes what it does to this store, by the plugin that is Barman's. */
function isArchive({ object, inventory }: Subject): boolean {
  return inventory.sharing(object, "Cluster").some(({ root }) => {
    const named = root
      .at("spec", "plugins")
      .items()
      .map((plugin) => plugin.at("parameters", "barmanObjectName"));
    return named.some((name) => name.unknown || object.name === undefined || name.text === object.name);
  });
}

function archived(root: Field, least: number): Finding[] {
  const configuration = root.at("spec", "configuration");
  return [
    ...encryptedIn(configuration.at("wal", "encryption")),
    ...stored(configuration.at("data", "encryption"), root.at("spec", "retentionPolicy"), least),
  ];
}

/** What CloudNativePG's own backup says of itself; none where a plugin does it. */
function managed(backup: Field, least: number): Finding[] {
  const store = backup.at("barmanObjectStore");
  if (store.absent) return [];
  if (store.unknown) return [notDecided(store)];
  return stored(store.at("data", "encryption"), backup.at("retentionPolicy"), least);
}

function encryptedIn(encryption: Field): Finding[] {
  return encryption.absent ? [finding(encryption, { problem: "is not set", fix: "write AES256 or aws:kms" })] : [];
}

function stored(encryption: Field, kept: Field, least: number): Finding[] {
  const days = Number(/^(\d+)([dwm])$/.exec(kept.text ?? "")?.[1]) * ({ w: 7, m: 30 }[kept.text?.at(-1) ?? ""] ?? 1);
  const fix = `write "${least}d" or more`;
  return [
    ...encryptedIn(encryption),
    ...(kept.absent ? [finding(kept, { problem: "is not set: backups are kept for ever, or by chance", fix })] : []),
    ...(kept.unknown ? [notDecided(kept)] : []),
    ...(days < least ? [finding(kept, { problem: `keeps a backup for ${days} days`, fix, value: kept.text })] : []),
  ];
}
