/** What one field of a cron schedule may hold. */
export interface CronField {
  readonly min: number;
  readonly max: number;
  /** What stands for the numbers from `min` on. */
  readonly names: readonly string[];
}

export const minutes: CronField = { min: 0, max: 59, names: [] };
export const hours: CronField = { min: 0, max: 23, names: [] };
export const days: CronField = { min: 1, max: 31, names: [] };
export const months: CronField = {
  min: 1,
  max: 12,
  names: "jan feb mar apr may jun jul aug sep oct nov dec".split(" "),
};
/** Sunday is 0: Kubernetes refuses the 7 of other crons. */
export const weekdays: CronField = { min: 0, max: 6, names: "sun mon tue wed thu fri sat".split(" ") };

/** The five of a schedule, in order. */
export const cronFields = [minutes, hours, days, months, weekdays];

/** What schedules may be instead of five fields. */
export const shortcuts: ReadonlyMap<string, string> = new Map([
  ["@yearly", "0 0 1 1 *"],
  ["@annually", "0 0 1 1 *"],
  ["@monthly", "0 0 1 * *"],
  ["@weekly", "0 0 * * 0"],
  ["@daily", "0 0 * * *"],
  ["@midnight", "0 0 * * *"],
  ["@hourly", "0 * * * *"],
]);

/** The schedule without the time zone that may stand before it. */
export function withoutTimeZone(schedule: string): string {
  return schedule.trim().replace(/^(CRON_TZ|TZ)=\S+\s+/, "");
}

/** The number that a text stands for; not a number where it stands for none of the field's. */
export function cronNumber(text: string, { min, max, names }: CronField): number {
  const name = names.indexOf(text.toLowerCase());
  const value = name >= 0 ? name + min : /^\d+$/.test(text) ? Number(text) : Number.NaN;
  return value >= min && value <= max ? value : Number.NaN;
}
