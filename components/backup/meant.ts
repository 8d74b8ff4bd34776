import type { Profile, Resources } from "../../core/profile.ts";
import { bytes } from "../../core/quantity.ts";
import { losesMore, usualRpoHours } from "../../core/rules/relations/rpo.ts";
import { ArgumentError, below, short } from "../argument.ts";
import { checkEnvironment } from "../checkEnvironment.ts";
import type { Member } from "../environment/member.ts";
import type { Link, PostgresLink } from "../link.ts";
import { labelValue } from "../names.ts";
import { checkEncrypted, checkOwnName } from "../objectStore/own.ts";
import { sized } from "../resources.ts";
import type { BackupArgs, BackupStoreArgs, DrillArgs, KeepArgs } from "./args.ts";

type Defaulted = "schedule" | "timeZone" | "rpoHours" | "rtoHours" | "storage" | "deadlineSeconds" | "alerts";

export interface Completed extends Required<Pick<BackupArgs, Defaulted>> {
  resources: Resources;
  keep: Required<KeepArgs>;
  drill?: Required<DrillArgs>;
}

/** What the arguments come to. */
export interface Meant extends Completed {
  database: string;
  /** Of a Postgres; a MongoDB has none. */
  postgres?: PostgresLink;
}

/** Refuses what can't be in this environment. @param path The component as errors name it: `Backup db-backup`. */
export function meant(path: string, me: Member, args: BackupArgs): Meant {
  const { of, keep } = args;
  const all = completed(args, me.profile);
  if (of.environment) checkEnvironment(below(path, "of"), of, of.environment, me);
  const database = databaseOf(below(path, "of"), of);
  checkAssertions(below(path, "drill.assertions"), of, args);
  // Labels say whose backup and whose restore it is.
  labelValue(`${below(path, "of")}.name`, of.name);
  checkStore(below(path, "to"), args.to, me);
  if (!keep && me.stage === "production") {
    throw new ArgumentError(
      below(path, "keep"),
      "is missing; production says how long its backups are kept, such as { days: 30 }",
    );
  }
  checkGap(below(path, "schedule"), all);
  return { postgres: of.postgres, database, ...all };
}

/** @param path Where the link is given. */
function databaseOf(path: string, { postgres, mongo, kind, name, secret }: Link): string {
  if (postgres) return postgres.database;
  if (mongo && secret) return mongo.database;
  const lacks =
    kind === "mongo" ? "whose database nobody has named: give it database" : "which is no Postgres, and no Mongo";
  throw new ArgumentError(path, `leads to ${short(name)}, ${lacks}`);
}

/** A Postgres is asked by SQL, and a MongoDB for documents. @param path Where they are declared. */
function checkAssertions(path: string, of: Link, { drill }: BackupArgs): void {
  const [wanted, other] = of.postgres ? (["sql", "collection"] as const) : (["collection", "sql"] as const);
  const index = drill?.assertions.findIndex((one) => one[wanted] === undefined) ?? -1;
  if (index < 0) return;
  const reason = `can't be asked of ${short(of.name)}, which is a ${of.postgres ? "Postgres" : "MongoDB"}; give ${wanted}`;
  throw new ArgumentError(`${path}[${index}].${other}`, reason);
}

/** The arguments with their defaults. */
export function completed(args: BackupArgs, { postgresStorage, postgresResources }: Profile): Completed {
  const { keep, drill } = args;
  return {
    schedule: args.schedule ?? "0 2 * * *",
    timeZone: args.timeZone ?? "Etc/UTC",
    rpoHours: args.rpoHours ?? usualRpoHours,
    rtoHours: args.rtoHours ?? 4,
    storage: args.storage ?? postgresStorage,
    resources: sized(args.resources, { cpu: "100m", memory: "256Mi" }),
    deadlineSeconds: args.deadlineSeconds ?? 3600,
    alerts: args.alerts ?? false,
    keep: { days: keep?.days ?? 30, atLeast: keep?.atLeast ?? 7 },
    drill: drill && {
      ...drill,
      schedule: drill.schedule ?? "0 4 1 * *",
      storage: drill.storage ?? String(2 * bytes(postgresStorage)!),
      resources: sized(drill.resources, postgresResources),
    },
  };
}

function checkGap(path: string, { schedule, rpoHours }: Completed): void {
  const loses = losesMore(schedule, rpoHours);
  if (loses === undefined) return;
  const allowed = `where rpoHours allows ${rpoHours} h to be lost; let it run more often`;
  throw new ArgumentError(path, `"${schedule}" ${loses}, ${allowed}`);
}

/** Refuses a store that what is saved may not go to. @param path Where it is declared. */
export function checkStore(path: string, store: BackupStoreArgs, me: Member): void {
  checkEndpoint(path, store, me);
  checkOwn(path, store, me);
}

/** @param path Where the store is declared. */
export function checkEndpoint(path: string, { endpoint }: BackupStoreArgs, me: Member): void {
  const at = below(path, "endpoint");
  if (endpoint.environment) checkEnvironment(at, endpoint, endpoint.environment, me);
  const { address } = endpoint;
  if (typeof address === "string" ? /^https?:\/\//.test(address) : address !== undefined) return;
  throw new ArgumentError(at, 'has no address of S3; give a link such as outside({ host: "s3.fr-par.scw.cloud" })');
}

/** What production keeps must outlive the cluster, and no environment writes where another one's backups are. */
function checkOwn(path: string, { endpoint, bucket, prefix = "" }: BackupStoreArgs, { stage }: Member): void {
  for (const [argument, value] of Object.entries({ bucket, prefix })) checkOwnName(below(path, argument), value, stage);
  if (stage !== "production") return;
  const at = below(path, "endpoint");
  if (!endpoint.outside) {
    const reason = `${short(endpoint.name)} is in the cluster, and what takes the database takes its backups too; give one outside`;
    throw new ArgumentError(at, reason);
  }
  checkEncrypted(at, endpoint);
}
