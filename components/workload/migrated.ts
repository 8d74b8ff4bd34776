import type * as pulumi from "@pulumi/pulumi";
import { ArgumentError, below } from "../argument.ts";
import type { Member } from "../environment/member.ts";
import type { PauseArgs } from "../migration/args.ts";
import { Migration } from "../migration/migration.ts";
import { toRun } from "../migration/tools.ts";
import { isRolledBack } from "../rollout/rolledBack.ts";
import type { Wiring } from "../wiring.ts";
import type { MigrateArgs, WorkloadArgs } from "./args.ts";
import { refuseContract } from "./contract.ts";
import type { Linked } from "./links.ts";

/** What runs an image whose schema may have to be migrated first. */
export type Migrating = WorkloadArgs & { migrate?: MigrateArgs; workers?: object; tasks?: object };

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
  const { phase, needs, deadlineSeconds } = migrate;
  const pause = pausedBy(me, args);
  const migration = new Migration(
    `${me.name}-migrate`,
    {
      ...wiring,
      secrets: { ...wiring.secrets, ...linked.migrator },
      ...toRun(migrate, databaseOf(args)),
      phase,
      needs,
      deadlineSeconds,
      pause,
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

/** What stands still meanwhile, by the objects' own names. */
function pausedBy({ name }: Member, { migrate = {}, workers = {} }: Migrating): PauseArgs | undefined {
  const { pause, pauseSeconds: seconds } = migrate;
  if (!pause) return undefined;
  const of = (worker: boolean) =>
    pause.filter((process) => Object.hasOwn(workers, process) === worker).map((process) => `${name}-${process}`);
  return { deployments: of(true), cronJobs: of(false), seconds };
}

/** The variable that holds the address of the one database. */
function databaseOf({ links = {} }: WorkloadArgs): string | undefined {
  const [first, ...others] = Object.keys(links).filter((variable) => links[variable]?.postgres);
  return others.length === 0 ? first : undefined;
}

/** What only shows beside the other arguments: plain SQL goes to one database, and nothing is taken from who serves. */
export function checkMigration(kind: string, me: Member, args: Migrating): void {
  const path = `${kind} ${me.name}: migrate`;
  const { migrate, image, workers = {}, tasks = {} } = args;
  if (migrate?.tool === "sql" && databaseOf(args) === undefined) {
    const reason =
      "sql runs its file in the database that is linked to; link to one, or give command where there are several";
    throw new ArgumentError(below(path, "tool"), reason);
  }
  checkNeeds(path, migrate, args.schema);
  checkPause(path, migrate, Object.keys({ ...workers, ...tasks }));
  if (migrate?.phase === "contract") refuseContract(below(path, "phase"), me, Object.keys(workers), image);
}

function checkNeeds(path: string, { needs, phase }: MigrateArgs = {}, schema: number | undefined): void {
  if (needs === undefined) return;
  if (phase !== "contract") {
    throw new ArgumentError(
      below(path, "needs"),
      `nothing is taken away; give phase: "contract" too, or leave this out`,
    );
  }
  if (schema === undefined || schema >= needs) return;
  const reason = `${needs} is above the schema that this app itself says, ${schema}; its code has to live without what is taken away`;
  throw new ArgumentError(below(path, "needs"), reason);
}

function checkPause(path: string, { pause, pauseSeconds }: MigrateArgs = {}, processes: string[]): void {
  if (pauseSeconds !== undefined && !pause) {
    throw new ArgumentError(
      below(path, "pauseSeconds"),
      "nothing is to stand still; name it in pause, or leave this out",
    );
  }
  for (const [index, process] of (pause ?? []).entries()) {
    if (processes.includes(process)) continue;
    const known = processes.join(", ") || "none";
    const reason = `${JSON.stringify(process)} is none of its workers and tasks (${known})`;
    throw new ArgumentError(below(below(path, "pause"), index), reason);
  }
}
