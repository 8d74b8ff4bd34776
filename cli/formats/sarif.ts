import { createHash } from "node:crypto";
import { isAbsolute, relative } from "node:path";
import { pathToFileURL } from "node:url";
import type { Report, Told } from "./told.ts";

const levels = { mandatory: "error", advisory: "warning", undecided: "note" } as const;
/** What GitHub sorts by: a number from 0 to 10. */
const severities = { low: "3.0", medium: "5.0", high: "8.0", critical: "9.5" } as const;
/** GitHub refuses a file with more results in a run, or more tags on a rule. */
const mostResults = 25_000;
const mostTags = 20;

/** SARIF 2.1.0, as code hosts take it to annotate a change; one run for each environment. */
export function sarif(reports: readonly Report[]): string {
  const document = {
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: reports.map(run),
  };
  return JSON.stringify(document, undefined, 2);
}

function run({ told, environment, problems }: Report) {
  const gravest = Object.keys(levels).flatMap((level) => told.filter((one) => one.level === level));
  const shown = gravest.slice(0, mostResults);
  const left = told.length - shown.length;
  const rules = [...new Map(shown.map((one) => [one.rule, descriptor(one)])).values()];
  return {
    tool: { driver: { name: "palier", rules } },
    automationDetails: { id: `palier/${environment}/` },
    invocations: [
      {
        executionSuccessful: problems.length === 0,
        toolConfigurationNotifications: problems.map((problem) => notification("error", problem)),
        toolExecutionNotifications:
          left > 0 ? [notification("warning", `${left} more findings are left out, the least grave.`)] : [],
      },
    ],
    results: shown.map(result),
  };
}

function notification(level: "error" | "warning", text: string) {
  return { level, message: { text } };
}

/** With all that GitHub asks for: it has no empty place for what is missing. */
function descriptor({ rule: id, description, why, severity, frameworks }: Told) {
  return {
    id,
    shortDescription: { text: description },
    fullDescription: { text: why },
    help: { text: `${description} ${why}` },
    properties: {
      "security-severity": severities[severity],
      tags: ["security", "kubernetes", ...frameworks].slice(0, mostTags),
    },
  };
}

function result(one: Told) {
  const { rule, level, text, file, line = 1, logical } = one;
  const physical = file && {
    physicalLocation: {
      artifactLocation: { uri: uriOf(file) },
      region: { startLine: line, startColumn: 1, endLine: line, endColumn: 1 },
    },
  };
  return {
    ruleId: rule,
    level: levels[level],
    message: { text },
    locations: [{ ...physical, logicalLocations: [{ fullyQualifiedName: logical }] }],
    partialFingerprints: { primaryLocationLineHash: identity(one) },
  };
}

/** By what it is about, not where it is written: many objects may come from one line, and lines move. */
function identity({ rule, logical, text, parts }: Told): string {
  const about = parts ? [parts.object, parts.container, parts.field, parts.problem] : [text];
  return createHash("sha256")
    .update(JSON.stringify([rule, logical, ...about]))
    .digest("hex");
}

/** As hosts look for it: from the root of the repository, where the command runs. */
function uriOf(file: string): string {
  const path = isAbsolute(file) ? relative(process.cwd(), file) : file.replace(/^\.\//, "");
  return path.startsWith("..") && isAbsolute(file)
    ? pathToFileURL(file).href
    : encodeURI(path).replace(/[?#]/g, encodeURIComponent);
}
