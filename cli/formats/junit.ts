import { placeOf, type Report, subjectOf, type Told } from "./told.ts";

/** JUnit's XML: one test case for each finding, failed where it is refused, and one that passes where nothing is found. */
export function junit(reports: readonly Report[]): string {
  return ['<?xml version="1.0" encoding="UTF-8"?>', "<testsuites>", ...reports.flatMap(suite), "</testsuites>"].join(
    "\n",
  );
}

function suite(report: Report): string[] {
  const { told, problems } = report;
  const cases = [
    ...problems.map((problem) => failure("configuration", "configuration", problem)),
    ...told.map(caseOf),
    ...(told.length === 0 ? [`    <testcase classname="palier" name="${escaped(subjectOf(report))}"/>`] : []),
  ];
  const failures = told.filter(({ level }) => level === "mandatory").length + problems.length;
  return [`  <testsuite name="palier" tests="${cases.length}" failures="${failures}">`, ...cases, "  </testsuite>"];
}

function caseOf(one: Told): string {
  if (one.level === "mandatory") return failure(one.rule, placeOf(one), one.text);
  return `    <testcase classname="${one.rule}" name="${escaped(placeOf(one))}"><system-out>${escaped(one.text)}</system-out></testcase>`;
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
