import { usualUser } from "../podSecurity.ts";
import type { MigrationArgs } from "./args.ts";

type Settled = "phase" | "deadlineSeconds" | "user";

/** What kind it is, how long it may take and who it runs as, completed. */
export function settings({
  phase = "expand",
  deadlineSeconds = 300,
  user = usualUser,
}: Pick<MigrationArgs, Settled>): Required<Pick<MigrationArgs, Settled>> {
  return { phase, deadlineSeconds, user };
}
