import { sentence } from "../../core/rules/evaluate.ts";
import type { Rule } from "../../core/rules/rule.ts";
import { rules } from "../../policies/themes.ts";
import type { Finding, Result } from "./result.ts";

const levels = { mandatory: "error", advisory: "warning", undecided: "note" } as const;
/** What GitHub sorts by: a number from 0 to 10. */
const severities = { low: "3.0", medium: "5.0", high: "8.0", critical: "9.5" } as const;

/** SARIF 2.1.0, as code hosts take it to annotate a change. */
export function sarif({ findings }: Result): string {
  const used = rules.filter((rule) => findings.some((finding) => finding.rule === rule));
  return JSON.stringify(
    {
      $schema: "https://json.schemastore.org/sarif-2.1.0.json",
      version: "2.1.0",
      runs: [
        {
          tool: { driver: { name: "palier", rules: used.map(descriptor) } },
          results: findings.map(result),
        },
      ],
    },
    undefined,
    2,
  );
}

function descriptor({ id, description, severity, frameworks = [] }: Rule) {
  return {
    id,
    shortDescription: { text: description },
    properties: { "security-severity": severities[severity], tags: ["kubernetes", ...frameworks] },
  };
}

function result({ rule, item, judgement }: Finding) {
  const { file, lineOf, urn } = item;
  const physical = file && {
    physicalLocation: {
      artifactLocation: { uri: file.replace(/^\.\//, "") },
      region: { startLine: lineOf?.(judgement.field) ?? 1 },
    },
  };
  return {
    ruleId: rule.id,
    level: levels[judgement.level],
    message: { text: sentence(judgement) },
    locations: [{ ...physical, logicalLocations: [{ fullyQualifiedName: urn ?? judgement.object }] }],
  };
}
