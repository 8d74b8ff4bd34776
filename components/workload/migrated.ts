import type * as pulumi from "@pulumi/pulumi";
import { ArgumentError, below } from "../argument.ts";
import type { Member } from "../environment/member.ts";
import { Migration } from "../migration/migration.ts";
import { toRun } from "../migration/tools.ts";
import { isRolledBack } from "../rollout/rolledBack.ts";
import type { Wiring } from "../wiring.ts";
import type { MigrateArgs, WorkloadArgs } from "./args.ts";
import { refuseContract } from "./contract.ts";
import type { Linked } from "./links.ts";

/** What runs an image whose schema may have to be migrated first. */
export type Migrating = WorkloadArgs & { migrate?: MigrateArgs; workers?: object };

/** Known when the schema fits the image: the workload starts after it. */
export function migrated(
  me: Member,
  args: Migrating,
  user: number,
  wiring: Wiring,
  linked: Linked,
  opts: pulumi.ComponentResourceOptions,
): pulumi.Output<string> {
  const { environment, image, migrate } = args;
  if (!migrate || isRolledBack(image)) return linked.ready;
  const { phase, deadlineSeconds } = migrate;
  const migration = new Migration(
    `${me.name}-migrate`,
    {
      ...wiring,
      secrets: { ...wiring.secrets, ...linked.migrator },
      ...toRun(migrate, databaseOf(args)),
      phase,
      deadlineSeconds,
      environment,
      app: me.name,
      image,
      user,
      after: linked.ready,
    },
    opts,
  );
  return migration.ready.apply(() => "migrated");
}

/** The variable that holds the address of the one database. */
function databaseOf({ links = {} }: WorkloadArgs): string | undefined {
  const [first, ...others] = Object.keys(links).filter((variable) => links[variable]?.postgres);
  return others.length === 0 ? first : undefined;
}

/** What only shows beside the other arguments: plain SQL goes to one database, and nothing is taken from who serves. */
export function checkMigration(kind: string, me: Member, args: Migrating): void {
  const path = `${kind} ${me.name}: migrate`;
  const { migrate, image, workers = {} } = args;
  if (migrate?.tool === "sql" && databaseOf(args) === undefined) {
    const reason =
      "sql runs its file in the database that is linked to; link to one, or give command where there are several";
    throw new ArgumentError(below(path, "tool"), reason);
  }
  if (migrate?.phase === "contract") refuseContract(below(path, "phase"), me, Object.keys(workers), image);
}
