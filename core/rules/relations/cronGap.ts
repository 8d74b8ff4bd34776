import {
  type CronField,
  cronNumber,
  days,
  hours,
  minutes,
  months,
  shortcuts,
  weekdays,
  withoutTimeZone,
} from "../lifecycle/cron.ts";
import { isSchedule } from "../lifecycle/schedule.ts";

/** The longest time between two runs of a schedule, in hours; undefined for what is none that can be read. */
export function longestGap(schedule: string): number | undefined {
  const plain = withoutTimeZone(schedule);
  const every = /^@every (?:(\d+)h)?(?:(\d+)m)?$/.exec(plain);
  if (every) return Number(every[1] ?? 0) + Number(every[2] ?? 0) / 60;
  const fields = (shortcuts.get(plain) ?? plain).split(/\s+/);
  // CloudNativePG writes seconds first.
  const five = fields.length === 6 ? fields.slice(1) : fields;
  if (!isSchedule(five.join(" "))) return undefined;
  return gapOf(five as [string, string, string, string, string]);
}

function gapOf([minute, hour, day, month, weekday]: [string, string, string, string, string]): number {
  const times = numbers(hour, hours).flatMap((h) => numbers(minute, minutes).map((m) => h * 60 + m));
  const [onDays, inMonths, onWeekdays] = [numbers(day, days), numbers(month, months), numbers(weekday, weekdays)];
  // Where both are restricted, one of them is enough.
  const both = !/^[*?]/.test(day) && !/^[*?]/.test(weekday);
  let last: number | undefined;
  let longest = 0;
  for (let index = 0; index < 3 * 366; index++) {
    const date = new Date(Date.UTC(2027, 0, 1 + index));
    const [inMonth, inWeek] = [onDays.includes(date.getUTCDate()), onWeekdays.includes(date.getUTCDay())];
    if (!inMonths.includes(date.getUTCMonth() + 1) || !(both ? inMonth || inWeek : inMonth && inWeek)) continue;
    for (const time of times) {
      const now = index * 24 * 60 + time;
      longest = Math.max(longest, now - (last ?? now));
      last = now;
    }
  }
  return longest === 0 ? Number.POSITIVE_INFINITY : longest / 60;
}

/** The numbers that a field of cron means, in order. */
function numbers(text: string, field: CronField): number[] {
  const value = (part: string) => cronNumber(part, field);
  const found = text.split(",").flatMap((part) => {
    const [range = "*", step] = part.split("/");
    const [from = "*", to] = range.split("-");
    const all = from === "*" || from === "?";
    const start = all ? field.min : value(from);
    const end = to !== undefined ? value(to) : all || step !== undefined ? field.max : start;
    return Array.from({ length: end - start + 1 }, (_, index) => start + index).filter(
      (number) => (number - start) % Number(step ?? 1) === 0,
    );
  });
  return [...new Set(found)].sort((a, b) => a - b);
}
