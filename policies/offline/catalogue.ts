import { z } from "zod";
import { demands } from "../../core/rules/demands.ts";
import type { AnyRule, Level } from "../../core/rules/rule.ts";
import { type Stage, stages } from "../../core/stage.ts";
import { leftOut } from "../leftOut.ts";
import type { Profile } from "../profiles/profile.ts";
import type { Theme } from "../themes.ts";
import { profileTable } from "./profileTable.ts";
import type { Shown } from "./shownExample.ts";

const levelWords: Record<Level, string> = { mandatory: "refuses", advisory: "advises", off: "–" };

/** The rules as a page of Markdown: by theme, with why, for whom, an example, and all that can be set of each. */
export function catalogue(
  themes: readonly Theme[],
  shown: Readonly<Record<string, Shown>>,
  profiles: Readonly<Record<string, Profile>>,
): string {
  const head = [
    "# The rules",
    "",
    "Made from the code by `npm run docs`. A rule that is *off* (–) waits for somebody to ask for it; how, and how to exempt an",
    "object, says [policies/README.md](../policies/README.md#levels-parameters-exemptions). *Demanded by* quotes the requirements of the",
    "five systems that Palier was made for, *stands for* names the checks of other tools' union that a rule answers, and the",
    "standards that ask for it, and *not known at preview* says what becomes of a value that another resource makes. The examples are",
    "judged as in production, and show only what matters to the rule.",
    "",
    `| rule | severity | ${stages.join(" | ")} |`,
    `|---|---|${stages.map(() => "---|").join("")}`,
    ...themes.flatMap(({ name, rules }) => [`| **[${name}](#${name})** |${" |".repeat(5)}`, ...rules.map(row)]),
    "",
    ...profileTable(
      profiles,
      themes.flatMap(({ rules }) => rules),
    ),
  ];
  const sections = themes.flatMap(({ name, description, rules }) => [
    "",
    `## ${name}`,
    "",
    description,
    ...rules.flatMap((rule) => section(rule, shown[rule.id])),
  ]);
  const missing = Object.entries(leftOut).map(([row, why]) => `- ${row}: ${why}`);
  const tail = ["", "## Left out", "", "Checks of the union that no rule stands for:", "", ...missing];
  return `${[...head, ...sections, ...tail].join("\n")}\n`;
}

function row({ id, severity, levels }: AnyRule): string {
  return `| [${id}](#${id}) | ${severity} | ${stages.map((stage) => levelWords[levels[stage]]).join(" | ")} |`;
}

function section(rule: AnyRule, shown: Shown | undefined): string[] {
  const { id, description, why, rows = [], frameworks = [] } = rule;
  const stands = [...rows, ...frameworks].join(", ");
  const facts = [
    ...(rule.demands ?? []).map((number) => `- demanded by ${quoted(number)}`),
    `- severity: ${rule.severity}; ${levels(rule)}`,
    ...(stands ? [`- stands for: ${stands}`] : []),
    ...(shown ? [`- not known at preview: ${shown.unknown}`] : []),
    ...(rule.binding ? ["- nobody can be exempted from it"] : []),
    ...parameters(rule),
  ];
  return [
    "",
    `### ${id}`,
    "",
    description,
    "",
    `*Why:* ${why}`,
    "",
    ...facts,
    ...(shown ? ["", ...shown.example] : []),
  ];
}

function quoted(number: string): string {
  const { system = "", row = "", text = "" } = demands[number] ?? {};
  return `${system} ${row}: “${text}”`;
}

/** `refuses in staging, production; advises in dev, review`. */
function levels({ levels }: AnyRule): string {
  const at = (level: Level) => stages.filter((stage: Stage) => levels[stage] === level).join(", ");
  const said = (["mandatory", "advisory"] as const).filter((level) => at(level) !== "");
  return said.map((level) => `${levelWords[level]} in ${at(level)}`).join("; ") || "off";
}

interface Property {
  readonly description?: string;
  readonly default?: unknown;
  readonly properties?: Record<string, Property>;
  readonly items?: Property;
}

function parameters({ parameters }: AnyRule): string[] {
  return parameters ? settable("", z.toJSONSchema(parameters, { io: "input" }) as Property) : [];
}

/** What can be set, one line each; of a group or a list of groups its parts, by their path. */
function settable(path: string, { properties = {} }: Property): string[] {
  return Object.entries(properties).flatMap(([name, property]) => {
    const { description, default: value, items } = property;
    const text = JSON.stringify(value);
    const preset = value === undefined ? "" : ` (default \`${text.length > 90 ? `${text.slice(0, 87)}…` : text}\`)`;
    const line = `- \`${path}${name}\`${description ? `: ${description}` : ""}${preset}`;
    const parts = settable(`${path}${name}.`, property);
    const ofItems = description ? [] : settable(`${path}${name}[].`, items ?? {});
    return [...(parts.length > 0 ? [] : [line]), ...parts, ...ofItems];
  });
}
