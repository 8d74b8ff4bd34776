import { longestGap } from "./cronGap.ts";

/** Hours of work that may be lost where nobody says: a day, the hour that autumn adds to one, and an hour for the dump. */
export const usualRpoHours = 26;

/**
 * How a schedule loses as much as may be lost, or more: what was written since the last dump began, in the time between two
 * and that of the one that never ended. Undefined where it does not, and for what is no schedule.
 */
export function losesMore(schedule: string, rpoHours: number): string | undefined {
  const gap = longestGap(schedule);
  if (gap === undefined || gap < rpoHours) return undefined;
  const time = Number.isFinite(gap) ? `${gap} h` : "all the time";
  return `leaves ${time} between two backups, and the dump takes its time too`;
}
