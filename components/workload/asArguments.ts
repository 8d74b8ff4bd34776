import { settings as migrationSettings, usualPauseSeconds } from "../migration/settings.ts";
import { toRun } from "../migration/tools.ts";
import { usualUser } from "../podSecurity.ts";
import { completed } from "../secrets/leastLength.ts";
import { chosenOf } from "../secrets/source.ts";
import type { ProcessArgs, WorkloadArgs } from "./args.ts";
import type { Migrating } from "./migrated.ts";
import { type ReplicaSettings, type Settings, usualSize } from "./settings.ts";

/** Arguments as they count in one environment: each secret from where that one takes it. */
export function asGiven(args: WorkloadArgs, stage: string): object {
  return args.secrets ? { ...args, secrets: chosenOf(args.secrets, stage) } : args;
}

/** What the processes of an image share, by the arguments' own names, with what counts where nothing is said. */
export function sharedArguments({ user = usualUser, migrate, secrets = {} }: Migrating, stage: string): object {
  return { user, migrate: migrate && migrateArguments(migrate), secrets: completed(chosenOf(secrets, stage)) };
}

function migrateArguments(migrate: NonNullable<Migrating["migrate"]>): object {
  const { phase, deadlineSeconds } = migrationSettings(migrate);
  const { pause, pauseSeconds = usualPauseSeconds } = migrate;
  return { rollback: toRun(migrate).rollback, phase, deadlineSeconds, ...(pause ? { pauseSeconds } : {}) };
}

/** The same of what each process has of its own. */
export function processArguments({ size = usualSize }: ProcessArgs, own: Settings): object {
  return { size, resources: own.size, writablePaths: own.writable };
}

/** The same of one that runs in replicas. */
export function replicaArguments(args: ProcessArgs, own: ReplicaSettings): object {
  const { scale, spread, minReadySeconds, progressDeadlineSeconds } = own;
  return { ...processArguments(args, own), scale, spread, minReadySeconds, progressDeadlineSeconds };
}
