import { bytes } from "../../core/quantity.ts";
import { longestGap } from "../../core/rules/relations/cronGap.ts";
import { ArgumentError, below, short } from "../argument.ts";
import type { Member } from "../environment/member.ts";
import { meaningOf } from "../environment/stage.ts";
import type { Link, PostgresLink } from "../link.ts";
import { sized } from "../resources.ts";
import type { BackupArgs, BackupStoreArgs, DrillArgs, KeepArgs } from "./args.ts";

/** What the arguments come to. */
export interface Meant
  extends Required<Pick<BackupArgs, "schedule" | "timeZone" | "rpoHours" | "rtoHours" | "storage">> {
  postgres: PostgresLink;
  keep: Required<KeepArgs>;
  drill?: Required<DrillArgs>;
}

/** Refuses what can't be in this environment. @param path The component as errors name it: `Backup db-backup`. */
export function meant(path: string, me: Member, args: BackupArgs): Meant {
  const { of, keep, schedule = "0 2 * * *", rpoHours = 26 } = args;
  checkPlace(below(path, "of"), of, me);
  if (!of.postgres) throw new ArgumentError(below(path, "of"), `leads to ${short(of.name)}, which is no Postgres`);
  checkStore(below(path, "to"), args.to, me);
  if (!keep && me.stage === "production") {
    throw new ArgumentError(
      below(path, "keep"),
      "is missing; production says how long its backups are kept, such as { days: 30 }",
    );
  }
  checkGap(below(path, "schedule"), schedule, rpoHours);
  const { postgresStorage, postgresResources } = me.profile;
  const { drill } = args;
  return {
    postgres: of.postgres,
    schedule,
    timeZone: args.timeZone ?? "Etc/UTC",
    rpoHours,
    rtoHours: args.rtoHours ?? 4,
    storage: args.storage ?? postgresStorage,
    keep: { days: keep?.days ?? 30, atLeast: keep?.atLeast ?? 7 },
    drill: drill && {
      ...drill,
      schedule: drill.schedule ?? "0 4 1 * *",
      storage: drill.storage ?? String(2 * bytes(postgresStorage)!),
      resources: sized(drill.resources, postgresResources),
    },
  };
}

/** What is lost is what was written since the last dump began: the time between two, and that of the one that never ended. */
function checkGap(path: string, schedule: string, rpoHours: number): void {
  const gap = longestGap(schedule);
  if (gap !== undefined && gap < rpoHours) return;
  const left =
    gap === undefined || !Number.isFinite(gap)
      ? "is never reached again"
      : `leaves ${gap} h between two backups, and the dump takes its time too`;
  throw new ArgumentError(
    path,
    `"${schedule}" ${left}, where rpoHours allows ${rpoHours} h to be lost; let it run more often`,
  );
}

/** @param path Where the store is declared. */
export function checkStore(path: string, { endpoint }: BackupStoreArgs, me: Member): void {
  const at = below(path, "endpoint");
  checkPlace(at, endpoint, me);
  const { address } = endpoint;
  if (address === undefined || (typeof address === "string" && !/^https?:\/\//.test(address))) {
    throw new ArgumentError(at, 'has no address of S3; give a link such as outside({ host: "s3.fr-par.scw.cloud" })');
  }
  if (me.stage !== "production") return;
  if (!endpoint.outside) {
    throw new ArgumentError(
      at,
      `${short(endpoint.name)} is in the cluster: what takes the database takes its backups too; give one outside`,
    );
  }
  if (typeof address === "string" && !address.startsWith("https:")) {
    throw new ArgumentError(at, `${short(address)} is in clear, with the credentials; give one with https`);
  }
}

/** @param path Where the link is given. */
function checkPlace(path: string, { name, environment }: Link, me: Member): void {
  if (!environment) return;
  const theirs = `${environment.system} ${meaningOf(`${path}.environment.stage`, environment.stage)}`;
  const own = `${me.system} ${me.stage}`;
  if (theirs === own) return;
  throw new ArgumentError(
    path,
    `leads to ${short(name)} of ${theirs}, and ${me.name} is of ${own}; stay within one environment`,
  );
}
