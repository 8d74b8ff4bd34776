import { junit } from "./junit.ts";
import { sarif } from "./sarif.ts";
import { placeOf, type Report, subjectOf } from "./told.ts";

/** Reports may be of several environments. */
type Writer = (reports: readonly Report[]) => string;

export const formats = {
  text: (reports) => reports.map(text).join("\n"),
  json: (reports) => JSON.stringify(reports.length === 1 ? plain(reports[0]!) : reports.map(plain), undefined, 2),
  sarif,
  junit,
} satisfies Record<string, Writer>;
export type Format = keyof typeof formats;

function text(report: Report): string {
  const { told, exemptions, problems } = report;
  const shown = told.filter(({ level }) => level !== "undecided");
  const lines = shown.map(
    (one) => `${placeOf(one)}: ${one.level === "mandatory" ? "refused" : "advice"} [${one.rule}] ${one.text}`,
  );
  const open = told.length - shown.length;
  const count = (level: string) => told.filter((one) => one.level === level).length;
  return [
    ...problems.map((problem) => `configuration: refused: ${problem}`),
    ...lines,
    ...exemptions.map((line) => `exemption ${line}`),
    `${subjectOf(report)}: ${count("mandatory")} refused, ${count("advisory")} advised${open > 0 ? `, ${open} not decided` : ""}`,
  ].join("\n");
}

function plain({ told, ...rest }: Report) {
  const findings = told.map((one) => {
    const { rule, level, severity, parts } = one;
    return { rule, level, severity, place: placeOf(one), ...(parts ?? { text: one.text }) };
  });
  return { ...rest, findings };
}
