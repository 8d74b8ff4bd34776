import { namedRules, openFields } from "../../core/rules/notDecided.ts";
import { junit } from "./junit.ts";
import { sarif } from "./sarif.ts";
import { placeOf, type Report, subjectOf, type Told } from "./told.ts";

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
  const undecided = told.filter(({ level }) => level === "undecided");
  const count = (level: string) => told.filter((one) => one.level === level).length;
  return [
    ...problems.map((problem) => `configuration: refused: ${problem}`),
    ...lines,
    ...open(undecided),
    ...exemptions.map((line) => `exemption ${line}`),
    `${subjectOf(report)}: ${count("mandatory")} refused, ${count("advisory")} advised${undecided.length > 0 ? `, ${undecided.length} not decided` : ""}`,
  ].join("\n");
}

/** One line for each field of an object, however many rules it is nothing to. */
function open(undecided: readonly Told[]): string[] {
  const fields = undecided.flatMap(({ parts, ...one }) => (parts ? [{ ...one, ...parts }] : []));
  return [...Map.groupBy(fields, placeOf).values()].flatMap((same) =>
    openFields(same, namedRules).map(({ first, rules }) => `${placeOf(first)}: not decided [${rules}] ${first.text}`),
  );
}

function plain({ told, ...rest }: Report) {
  const findings = told.map((one) => {
    const { rule, level, severity, parts } = one;
    return { rule, level, severity, place: placeOf(one), ...(parts ?? { text: one.text }) };
  });
  return { ...rest, findings };
}
