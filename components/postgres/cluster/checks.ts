import { ArgumentError, below } from "../../argument.ts";
import { checkEndpoint, checkStore } from "../../backup/meant.ts";
import type { Member } from "../../environment/member.ts";
import type { PostgresArgs } from "../args.ts";
import { capacity } from "../capacity.ts";
import { poolerSettings } from "../pooler/settings.ts";
import { archivePath } from "./archive.ts";
import type { PostgresClusterArgs } from "./args.ts";
import { clusterSettings } from "./settings.ts";

/** Kept for migrations, backups and people, as the rule `connections-fit-the-database` has it. */
const reserve = 10;

/** Refuses a cluster that can't be in this environment. @param path The component as errors name it: `Postgres db`. */
export function checkCluster(path: string, me: Member, args: PostgresArgs): void {
  const { cluster } = args;
  if (!cluster) return;
  checkQuorum(below(`${path}: cluster`, "synchronous"), me, cluster);
  checkStores(`${path}: cluster`, me, cluster);
}

function checkQuorum(path: string, { profile, stage }: Member, cluster: PostgresClusterArgs): void {
  const { instances, synchronous } = clusterSettings(cluster, profile);
  const spare = stage === "production" && synchronous > 0 ? 1 : 0;
  const most = Math.max(0, instances - 1 - spare);
  if (synchronous <= most) return;
  const lost = spare === 1 ? ", and in production one of them may be lost without an end to every write" : "";
  const reason = `${synchronous} can't be met by ${instances} ${instances === 1 ? "instance" : "instances"}: ${instances - 1} follow the primary${lost}; give ${most} at most, or more instances`;
  throw new ArgumentError(path, reason);
}

/** All PgBouncers together may open no more than the servers take. @param path The component as errors name it: `Postgres db`. */
export function checkPooler(path: string, { profile }: Member, args: PostgresArgs): void {
  if (!args.pooler) return;
  const { size, instances } = poolerSettings(args.pooler, profile);
  const { connections } = capacity(args, profile);
  const databases = Object.keys(args.databases).length;
  const opened = size * instances * databases;
  if (opened <= connections - reserve) return;
  const reason = `${size} for each of ${databases} databases by ${instances} PgBouncers are ${opened}, and the server takes ${connections}, ${reserve} of them kept; give fewer, or more connections`;
  throw new ArgumentError(below(`${path}: pooler`, "size"), reason);
}

function checkStores(path: string, me: Member, { archive, restore }: PostgresClusterArgs): void {
  const at = below(path, "archive");
  if (archive) checkStore(below(at, "to"), archive.to, me);
  if (archive && archive.keepDays === undefined && me.stage === "production") {
    throw new ArgumentError(below(at, "keepDays"), "is missing; production says how far back one can go, such as 30");
  }
  if (!restore) return;
  const from = below(below(path, "restore"), "from");
  checkEndpoint(from, restore.from, me);
  const { server = me.name } = restore;
  if (!archive || server !== me.name || archivePath(me, archive.to) !== archivePath(me, restore.from)) return;
  const reason = `is where ${me.name} archives to as well, and it would write over what it begins with; archive to another prefix, or give the new cluster another name`;
  throw new ArgumentError(from, reason);
}
