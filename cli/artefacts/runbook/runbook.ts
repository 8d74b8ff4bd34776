import type { Place } from "../place.ts";
import type { Command } from "./commands.ts";
import { type Facts, factsOf } from "./facts.ts";
import { type Operation, operationNames, operations } from "./operations.ts";
import { beforeChange, incident } from "./practice.ts";

/** What operators of one environment type, in Markdown; undefined where nothing serves. */
export function runbook(place: Place, commands: readonly Command[]): string | undefined {
  const facts = factsOf(place);
  if (!facts) return undefined;
  const all = operationNames
    .map((name) => operations[name](facts))
    .filter(({ text, lines }) => text || lines.length > 0);
  const sections = [
    `# Runbook of ${facts.project}, ${facts.stack}`,
    "Made by `palier artefacts` of what the program declares: names in it are those of the objects that run.",
    ...whatRuns(facts),
    ...(commands.length > 0 ? ["## What was typed before", equivalents(commands, facts)] : []),
    ...all.flatMap(({ title, text, lines }) => [`## ${title}`, ...(text ? [text] : []), ...code(lines)]),
    "## Before a change",
    beforeChange(facts).join("\n"),
    "## An incident",
    incident.join("\n"),
  ];
  return `${sections.join("\n\n")}\n`;
}

function whatRuns({ namespace, apps, deployments, stores }: Facts): string[] {
  const rows = [
    ...apps.map(({ name, url, verify }) => [name, "app", url ? new URL(verify, url).href : `\`${verify}\`, inside`]),
    ...deployments.filter((name) => !apps.some((app) => app.name === name)).map((name) => [name, "process", ""]),
    ...stores.map(({ name, kind, port }) => [name, kind, port === undefined ? "outside" : `port ${port}, inside`]),
  ];
  const table = [
    "| in the namespace | is | where |",
    "|---|---|---|",
    ...rows.map((cells) => `| ${cells.join(" | ")} |`),
  ];
  return [`Its namespace is \`${namespace}\`.`, table.join("\n")];
}

function equivalents(commands: readonly Command[], facts: Facts): string {
  const rows = commands.map(
    ({ before, now, run }) => `| \`${cell(before)}\` | ${now ? link(operations[now](facts)) : `\`${cell(run!)}\``} |`,
  );
  return ["| before | now |", "|---|---|", ...rows].join("\n");
}

const cell = (text: string) => text.replaceAll("|", "\\|");

function link({ title }: Operation): string {
  return `[${title}](#${title
    .toLowerCase()
    .replaceAll(/[^\w\- ]/g, "")
    .replaceAll(" ", "-")})`;
}

function code(lines: readonly string[]): string[] {
  return lines.length > 0 ? [`\`\`\`sh\n${lines.join("\n")}\n\`\`\``] : [];
}
