import { sentence } from "../../core/rules/evaluate.ts";
import { junit } from "./junit.ts";
import { type About, placeOf, type Result } from "./result.ts";
import { sarif } from "./sarif.ts";

type Writer = (result: Result, about: About) => string;

export const formats = { text, json, sarif, junit } satisfies Record<string, Writer>;
export type Format = keyof typeof formats;

export function report(format: Format, result: Result, about: About): string {
  return formats[format](result, about);
}

function text({ findings, exemptions, problems }: Result, { objects, environment }: About): string {
  const shown = findings.filter(({ judgement }) => judgement.level !== "undecided");
  const lines = shown.map(
    (finding) =>
      `${placeOf(finding)}: ${finding.judgement.level === "mandatory" ? "refused" : "advice"} [${finding.rule.id}] ${sentence(finding.judgement)}`,
  );
  const open = findings.length - shown.length;
  const count = (level: string) => findings.filter(({ judgement }) => judgement.level === level).length;
  return [
    ...problems.map((problem) => `configuration: refused: ${problem}`),
    ...lines,
    ...exemptions.map((line) => `exemption ${line}`),
    `${objects} objects as ${environment}: ${count("mandatory")} refused, ${count("advisory")} advised${open > 0 ? `, ${open} not decided` : ""}`,
  ].join("\n");
}

function json({ findings, exemptions, problems }: Result, about: About): string {
  const told = findings.map((finding) => ({
    rule: finding.rule.id,
    level: finding.judgement.level,
    severity: finding.rule.severity,
    object: finding.judgement.object,
    place: placeOf(finding),
    container: finding.judgement.container,
    field: finding.judgement.field,
    value: finding.judgement.value,
    problem: finding.judgement.problem,
    fix: finding.judgement.fix,
  }));
  return JSON.stringify({ ...about, findings: told, exemptions, problems }, undefined, 2);
}
