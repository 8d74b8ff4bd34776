import { existsSync } from "node:fs";
import { join } from "node:path";
import { demands } from "../../core/rules/demands.ts";
import { themes } from "../../policies/themes.ts";
import { rows, rowsIn, systems } from "./rows.ts";
import type { Title } from "./titles.ts";

const opening = `# What the five systems ask for, and where it is met

Each row of their requirements, by its id; a row that no test proves is *open*. The titles are those of the tests, which name the rows
that they prove; \`npm test\` counts the rows of those that have passed. Made by \`npm run docs\`, and a test compares.`;

/** So many titles of a row are shown; more say little more. */
const mostTitles = 4;

/** The page, from the titles of all tests. */
export function requirementsPage(root: string, titles: readonly Title[]): string {
  const proofs = proofsByRow(titles);
  const met = Object.keys(rows).filter((id) => proofs.has(id)).length;
  const sections = Object.entries(systems).map(([letters, system]) => {
    const own = Object.entries(rows).filter(([id]) => id.startsWith(`${letters}-`));
    const done = own.filter(([id]) => proofs.has(id)).length;
    const lines = own.map(([id, { kind, text }]) => line([id, text, kind, ...proof(root, id, proofs.get(id))]));
    const heading = [`## ${system}`, "", `${done} of ${own.length} met.`, ""];
    return [...heading, "| row | what | kind | where | proven by |", "|---|---|---|---|---|", ...lines].join("\n");
  });
  return `${[opening, `Met: ${met} of ${Object.keys(rows).length}.`, ...sections].join("\n\n")}\n`;
}

function proofsByRow(titles: readonly Title[]): Map<string, Title[]> {
  const proofs = new Map<string, Title[]>();
  for (const title of titles) {
    for (const id of new Set(rowsIn(title.fullTitle))) proofs.set(id, [...(proofs.get(id) ?? []), title]);
  }
  return proofs;
}

function proof(root: string, id: string, proofs: readonly Title[] | undefined): [where: string, by: string] {
  if (!proofs) return ["", "*open*"];
  const shown = proofs.slice(0, mostTitles).map(({ file, title }) => `[${untagged(title)}](../${file})`);
  const more = proofs.length > mostTitles ? [`and ${proofs.length - mostTitles} more`] : [];
  return [places(root, id, proofs).join(", "), [...shown, ...more].join("<br>")];
}

/** The rules that answer it, else the folders or files that the tests mirror. */
function places(root: string, id: string, proofs: readonly Title[]): string[] {
  const numbers = Object.entries(demands).flatMap(([number, { row }]) =>
    row.split(", ").includes(id) ? [number] : [],
  );
  const rules = themes
    .flatMap((theme) => theme.rules)
    .filter((rule) => rule.demands?.some((one) => numbers.includes(one)));
  if (rules.length > 0) return rules.map((rule) => `[${rule.id}](rules.md#${rule.id})`);
  const mirrored = proofs.map(({ file }) => file.replace(/^test\//, "").replace(/\.test\.ts$/, ""));
  return [
    ...new Set(
      mirrored.flatMap(
        (path) =>
          [path, `${path}.ts`, `components/${path.split("/")[1]}`, `stacks/${path.split("/")[1]}`].find((one) =>
            existsSync(join(root, one)),
          ) ?? [],
      ),
    ),
  ].map((path) => `[${path}](../${path})`);
}

function untagged(title: string): string {
  return title.replace(/ ?\[((?:[A-Z]{1,2}-\d+[, ]*)+)\]/g, "");
}

function line(cells: readonly string[]): string {
  return `| ${cells.map((cell) => cell.replaceAll("|", "\\|").replaceAll("\n", " ")).join(" | ")} |`;
}
