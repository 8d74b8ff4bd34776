import { sentence } from "../../core/rules/evaluate.ts";
import { type About, type Finding, placeOf, type Result } from "./result.ts";

/** JUnit's XML: one test case for each finding, failed where it is refused, and one that passes where nothing is found. */
export function junit({ findings, problems }: Result, { objects, environment }: About): string {
  const cases = [
    ...problems.map((problem) => failure("configuration", "configuration", problem)),
    ...findings.map((finding) => caseOf(finding)),
    ...(findings.length === 0
      ? [`    <testcase classname="palier" name="${objects} objects as ${environment}"/>`]
      : []),
  ];
  const failures = findings.filter(({ judgement }) => judgement.level === "mandatory").length + problems.length;
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    "<testsuites>",
    `  <testsuite name="palier" tests="${cases.length}" failures="${failures}">`,
    ...cases,
    "  </testsuite>",
    "</testsuites>",
  ].join("\n");
}

function caseOf(finding: Finding): string {
  const { rule, judgement } = finding;
  const said = sentence(judgement);
  if (judgement.level === "mandatory") return failure(rule.id, placeOf(finding), said);
  return `    <testcase classname="${rule.id}" name="${escaped(placeOf(finding))}"><system-out>${escaped(said)}</system-out></testcase>`;
}

function failure(rule: string, name: string, said: string): string {
  const head = `    <testcase classname="${rule}" name="${escaped(name)}">`;
  return `${head}<failure message="${escaped(said)}"/></testcase>`;
}

function escaped(text: string): string {
  const entities: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&apos;" };
  // biome-ignore lint/suspicious/noControlCharactersInRegex: XML 1.0 can't hold them
  return text.replace(/[&<>"']/g, (one) => entities[one]!).replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f]/g, "");
}
