import { usualUser } from "../podSecurity.ts";
import type { MigrationArgs } from "./args.ts";

type Settled = "phase" | "deadlineSeconds" | "user";

/** Seconds in which what is to stand still has to come to its end. */
export const usualPauseSeconds = 120;

/** What kind it is, how long it may take and who it runs as, completed. */
export function settings({
  phase = "expand",
  deadlineSeconds = 300,
  user = usualUser,
}: Pick<MigrationArgs, Settled>): Required<Pick<MigrationArgs, Settled>> {
  return { phase, deadlineSeconds, user };
}

/** The same by the arguments' own names. */
export function migrationArguments(args: Pick<MigrationArgs, Settled | "pause">): object {
  const { pause } = args;
  return { ...settings(args), pause: pause && { seconds: pause.seconds ?? usualPauseSeconds } };
}
