import { isSchedule } from "../lifecycle/schedule.ts";

const names = "jan feb mar apr may jun jul aug sep oct nov dec".split(" ");
const weekdays = "sun mon tue wed thu fri sat".split(" ");
const shortcuts: Readonly<Record<string, string>> = {
  "@yearly": "0 0 1 1 *",
  "@annually": "0 0 1 1 *",
  "@monthly": "0 0 1 * *",
  "@weekly": "0 0 * * 0",
  "@daily": "0 0 * * *",
  "@midnight": "0 0 * * *",
  "@hourly": "0 * * * *",
};

/** The longest time between two runs of a schedule, in hours; undefined for what is none that can be read. */
export function longestGap(schedule: string): number | undefined {
  const plain = schedule.trim().replace(/^(CRON_TZ|TZ)=\S+\s+/, "");
  const every = /^@every (?:(\d+)h)?(?:(\d+)m)?$/.exec(plain);
  if (every) return Number(every[1] ?? 0) + Number(every[2] ?? 0) / 60;
  const fields = (shortcuts[plain] ?? plain).split(/\s+/);
  // CloudNativePG writes seconds first.
  const five = fields.length === 6 ? fields.slice(1) : fields;
  if (!isSchedule(five.join(" "))) return undefined;
  return gapOf(five as [string, string, string, string, string]);
}

function gapOf([minute, hour, day, month, weekday]: [string, string, string, string, string]): number {
  const times = numbers(hour, 0, 23).flatMap((h) => numbers(minute, 0, 59).map((m) => h * 60 + m));
  const [days, months] = [numbers(day, 1, 31), numbers(month, 1, 12, names)];
  const weekdaysMeant = numbers(weekday, 0, 6, weekdays);
  // Where both are restricted, one of them is enough.
  const both = !/^[*?]/.test(day) && !/^[*?]/.test(weekday);
  let last: number | undefined;
  let longest = 0;
  for (let index = 0; index < 3 * 366; index++) {
    const date = new Date(Date.UTC(2027, 0, 1 + index));
    const [inMonth, inWeek] = [days.includes(date.getUTCDate()), weekdaysMeant.includes(date.getUTCDay())];
    if (!months.includes(date.getUTCMonth() + 1) || !(both ? inMonth || inWeek : inMonth && inWeek)) continue;
    for (const time of times) {
      const now = index * 24 * 60 + time;
      longest = Math.max(longest, now - (last ?? now));
      last = now;
    }
  }
  return longest === 0 ? Number.POSITIVE_INFINITY : longest / 60;
}

/** The numbers that a field of cron means, in order. */
function numbers(field: string, min: number, max: number, named: readonly string[] = []): number[] {
  const value = (text: string) => {
    const index = named.indexOf(text.toLowerCase());
    return index >= 0 ? index + min : Number(text);
  };
  const found = field.split(",").flatMap((part) => {
    const [range = "*", step] = part.split("/");
    const [from = "*", to] = range.split("-");
    const all = from === "*" || from === "?";
    const start = all ? min : value(from);
    const end = to !== undefined ? value(to) : all || step !== undefined ? max : start;
    return Array.from({ length: end - start + 1 }, (_, index) => start + index).filter(
      (number) => (number - start) % Number(step ?? 1) === 0,
    );
  });
  return [...new Set(found)].sort((a, b) => a - b);
}
