import type { Report, Told } from "./told.ts";

const levels = { mandatory: "error", advisory: "warning", undecided: "note" } as const;
/** What GitHub sorts by: a number from 0 to 10. */
const severities = { low: "3.0", medium: "5.0", high: "8.0", critical: "9.5" } as const;

/** SARIF 2.1.0, as code hosts take it to annotate a change; one run for each environment. */
export function sarif(reports: readonly Report[]): string {
  const document = {
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: reports.map(run),
  };
  return JSON.stringify(document, undefined, 2);
}

function run({ told, environment }: Report) {
  const rules = [...new Map(told.map((one) => [one.rule, descriptor(one)])).values()];
  return {
    tool: { driver: { name: "palier", rules } },
    automationDetails: { id: `palier/${environment}/` },
    results: told.map(result),
  };
}

function descriptor({ rule: id, description, severity, frameworks }: Told) {
  return {
    id,
    shortDescription: { text: description },
    properties: { "security-severity": severities[severity], tags: ["kubernetes", ...frameworks] },
  };
}

function result({ rule, level, text, file, line, logical }: Told) {
  const physical = file && {
    physicalLocation: {
      artifactLocation: { uri: file.replace(/^\.\//, "") },
      region: { startLine: line ?? 1 },
    },
  };
  return {
    ruleId: rule,
    level: levels[level],
    message: { text },
    locations: [{ ...physical, logicalLocations: [{ fullyQualifiedName: logical }] }],
  };
}
