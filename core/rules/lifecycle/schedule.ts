import { finding } from "../finding.ts";
import { judge } from "../judge.ts";
import { everywhere } from "../levels.ts";
import type { Rule } from "../rule.ts";

const months = "jan feb mar apr may jun jul aug sep oct nov dec".split(" ");
const days = "sun mon tue wed thu fri sat".split(" ");
const fields = [
  { min: 0, max: 59, names: [] },
  { min: 0, max: 23, names: [] },
  { min: 1, max: 31, names: [] },
  { min: 1, max: 12, names: months },
  // Sunday is 0: Kubernetes refuses the 7 of other crons.
  { min: 0, max: 6, names: days },
] as const;

/** Whatever runs on a schedule: Kubernetes' own CronJob, and a backup tool's Schedule or ScheduledBackup. */
export const schedules: Rule = {
  id: "schedule-is-valid",
  description: "A schedule is one that cron can follow: the API server takes others, and nothing ever runs.",
  why: "That a backup or a clean-up never ran is noticed on the day that it is needed.",
  severity: "high",
  levels: everywhere,
  rows: ["J03"],
  check: ({ object: { kind, root } }) => {
    if (!["CronJob", "Schedule"].includes(kind)) return [];
    return judge(root.at("spec", "schedule"), (field) =>
      isSchedule(field.text ?? "")
        ? []
        : [
            finding(field, {
              problem: "is no schedule",
              fix: 'write five fields, such as "0 3 * * *"',
              value: field.text,
            }),
          ],
    );
  },
};

/** Five fields of cron, with names, lists, ranges and steps, or a `@daily` of its kind; a time zone may stand before. */
export function isSchedule(text: string): boolean {
  const plain = text.trim().replace(/^(CRON_TZ|TZ)=\S+\s+/, "");
  if (/^@(yearly|annually|monthly|weekly|daily|midnight|hourly|every \S+)$/.test(plain)) return true;
  const given = plain.split(/\s+/);
  return given.length === fields.length && fields.every((field, index) => isField(given[index] ?? "", field));
}

function isField(text: string, { min, max, names }: (typeof fields)[number]): boolean {
  const number = (part: string) => {
    const name = (names as readonly string[]).indexOf(part.toLowerCase());
    const value = name >= 0 ? name + min : /^\d+$/.test(part) ? Number(part) : Number.NaN;
    return value >= min && value <= max ? value : Number.NaN;
  };
  return text.split(",").every((part) => {
    const [range = "", step, ...more] = part.split("/");
    if (more.length > 0 || (step !== undefined && !/^[1-9]\d*$/.test(step))) return false;
    if (range === "*" || range === "?") return true;
    const [from = "", to, ...others] = range.split("-");
    if (others.length > 0 || Number.isNaN(number(from))) return false;
    return to === undefined || number(to) >= number(from);
  });
}
