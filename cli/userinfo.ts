import { UsageError } from "./usage.ts";

/** Refuses an address with a name or a password in it, which would be told and put on record. It is not repeated. */
export function refuseUserinfo(option: string, given: string | undefined): void {
  if (given === undefined || !hasUserinfo(given)) return;
  throw new UsageError(
    `${option} has a name or a password in its address: give it without, as it is told and put on record.`,
  );
}

function hasUserinfo(given: string): boolean {
  if (!URL.canParse(given)) return /\/\/[^/]*@/.test(given);
  const { username, password } = new URL(given);
  return username !== "" || password !== "";
}
