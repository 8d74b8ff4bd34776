import { z } from "zod";
import type { AnyRule, Level } from "../../core/rules/rule.ts";
import { stages } from "../../core/stage.ts";
import type { Theme } from "../themes.ts";

const shown: Record<Level, string> = { mandatory: "refuses", advisory: "advises", off: "–" };

/** The rules as a page of Markdown: by theme, with all that can be set of each. */
export function catalogue(themes: readonly Theme[]): string {
  const head = [
    "# The rules",
    "",
    "Made from the code by `npm run docs`. A rule that is *off* (–) waits for somebody to ask for it; how, says",
    "[policies/README.md](../policies/README.md#levels-parameters-exemptions). *Stands for* names the checks of other tools' union",
    "that it answers, and the standards that ask for it.",
  ];
  const sections = themes.flatMap(({ name, description, rules }) => [
    "",
    `## ${name}`,
    "",
    description,
    ...rules.flatMap(section),
  ]);
  return `${[...head, ...sections].join("\n")}\n`;
}

function section(rule: AnyRule): string[] {
  const { id, description, severity, levels, rows = [], frameworks = [] } = rule;
  const byStage = stages.map((stage) => `${stage} ${shown[levels[stage]]}`).join(", ");
  const stands = [...rows, ...frameworks].join(", ");
  const facts = [
    `- severity: ${severity}; ${byStage}`,
    ...(stands ? [`- stands for: ${stands}`] : []),
    ...(rule.relation ? ["- looks at the whole stack: stopped at preview, reported after `up`"] : []),
    ...(rule.binding ? ["- nobody can be exempted from it"] : []),
    ...parameters(rule),
  ];
  return ["", `### ${id}`, "", description, "", ...facts];
}

interface Property {
  readonly description?: string;
  readonly default?: unknown;
}

function parameters({ parameters }: AnyRule): string[] {
  if (!parameters) return [];
  const { properties = {} } = z.toJSONSchema(parameters, { io: "input" }) as { properties?: Record<string, Property> };
  return Object.entries(properties).map(([name, { description = "", default: value }]) => {
    const text = JSON.stringify(value);
    const preset = value === undefined ? "" : ` (default \`${text.length > 90 ? `${text.slice(0, 87)}…` : text}\`)`;
    return `- \`${name}\`: ${description}${preset}`;
  });
}
