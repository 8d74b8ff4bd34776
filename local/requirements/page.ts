import { existsSync } from "node:fs";
import { join } from "node:path";
import { demands } from "../../core/rules/demands.ts";
import { themes } from "../../policies/themes.ts";
import { type Aside, asideOf, statesOf } from "./aside.ts";
import { rows, rowsIn, systems } from "./rows.ts";
import type { Title } from "./titles.ts";

const opening = `# What the five systems ask for, and where it is met

Each row of their requirements, by its id. The titles are those of the tests, which name the rows that they prove; \`npm test\` counts
the rows of those that have passed. A row that no test proves is *outside*, with the nearest useful thing: no Kubernetes stack can do
it. Or it belongs to how a *release* goes, and what is missing is named. Or it is *open*. [These two](requirements/aside.json) are data.
Made by \`npm run docs\`, and a test compares.`;

/** So many titles of a row are shown; more say little more. */
const mostTitles = 4;

/** The page, from the titles of all tests. */
export function requirementsPage(root: string, titles: readonly Title[]): string {
  const proofs = proofsByRow(titles);
  const sections = Object.entries(systems).map(([letters, system]) => {
    const own = Object.entries(rows).filter(([id]) => id.startsWith(`${letters}-`));
    const lines = own.map(([id, { kind, text }]) => line([id, text, kind, ...proof(root, id, proofs.get(id))]));
    const heading = [
      `## ${system}`,
      "",
      told(
        own.map(([id]) => id),
        proofs,
      ),
      "",
    ];
    return [...heading, "| row | what | kind | where | proven by |", "|---|---|---|---|---|", ...lines].join("\n");
  });
  return `${[opening, told(Object.keys(rows), proofs), ...sections].join("\n\n")}\n`;
}

/** How many of these rows are in which state. */
function told(ids: readonly string[], proofs: ReadonlyMap<string, unknown>): string {
  const { met, outside, release, open } = statesOf(ids, (id) => proofs.has(id));
  return `Of ${ids.length}: ${met} met, ${outside} outside, ${release} of the release, ${open} open.`;
}

function proofsByRow(titles: readonly Title[]): Map<string, Title[]> {
  const proofs = new Map<string, Title[]>();
  for (const title of titles) {
    for (const id of new Set(rowsIn(title.fullTitle))) proofs.set(id, [...(proofs.get(id) ?? []), title]);
  }
  return proofs;
}

function proof(root: string, id: string, proofs: readonly Title[] | undefined): [where: string, by: string] {
  if (!proofs) return unmet(asideOf.get(id));
  const shown = proofs.slice(0, mostTitles).map(({ file, title }) => `[${untagged(title)}](../${file})`);
  const more = proofs.length > mostTitles ? [`and ${proofs.length - mostTitles} more`] : [];
  return [places(root, id, proofs).join(", "), [...shown, ...more].join("<br>")];
}

function unmet(why: Aside | undefined): [where: string, by: string] {
  if (!why) return ["", "*open*"];
  const { state, reason, nearest } = why;
  if (nearest === undefined) return ["", `*${state}*: it needs ${reason}`];
  return [`nearest: [${nearest}](../${nearest})`, `*${state}*: ${reason}`];
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
