import { finding } from "../finding.ts";
import { judge } from "../judge.ts";
import { everywhere } from "../levels.ts";
import type { Rule } from "../rule.ts";
import { type CronField, cronFields, cronNumber, shortcuts, withoutTimeZone } from "./cron.ts";

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
  const plain = withoutTimeZone(text);
  if (shortcuts.has(plain) || /^@every \S+$/.test(plain)) return true;
  const given = plain.split(/\s+/);
  return given.length === cronFields.length && cronFields.every((field, index) => isField(given[index] ?? "", field));
}

function isField(text: string, field: CronField): boolean {
  const number = (part: string) => cronNumber(part, field);
  return text.split(",").every((part) => {
    const [range = "", step, ...more] = part.split("/");
    if (more.length > 0 || (step !== undefined && !/^[1-9]\d*$/.test(step))) return false;
    if (range === "*" || range === "?") return true;
    const [from = "", to, ...others] = range.split("-");
    if (others.length > 0 || Number.isNaN(number(from))) return false;
    return to === undefined || number(to) >= number(from);
  });
}
