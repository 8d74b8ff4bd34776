import type { Proof } from "./proofs.ts";

/** One row of a table: its first column names it, and a later row of that name takes its place. */
export interface Row {
  table: string;
  columns: Record<string, string | number>;
}

/** What a proof came to. */
export interface Proven extends Pick<Proof, "shows"> {
  name: string;
  /** The day, the machine, versions and load. */
  circumstances: string;
  passed: number;
  failed: number;
  rows: Row[];
}

const opening = `# What was proven, and how

Each section is what \`npm run proof -- NAME\` saw when it ran last, on the machine that it names; anyone can run it again.
\`npm test\` runs a short form of each that has one, and fails where a promise no longer holds.
A proof that \`npm run proof\` knows and this page does not has not been run whole yet.
`;

const mark = (name: string) => `<!-- npm run proof -- ${name} -->`;

/** The page with this proof's section in place of what it said before. */
export function proofPage(page: string, proven: Proven): string {
  const before = page.split(/^(?=<!-- npm run proof)/m).slice(1);
  const others = before.filter((section) => !section.startsWith(mark(proven.name)));
  const sections = [...others.map((section) => section.trimEnd()), sectionOf(proven)];
  return `${[opening.trimEnd(), ...sections.sort()].join("\n\n")}\n`;
}

function sectionOf({ name, shows, circumstances, passed, failed, rows }: Proven): string {
  const outcome = failed > 0 ? `${passed} passed, **${failed} failed**` : `${passed} passed, none failed`;
  const titles = [...new Set(rows.map(({ table }) => table))];
  const tables = titles.map((title) => {
    const drawn = draw(rows.filter(({ table }) => table === title).map(({ columns }) => columns));
    return `### ${title}\n\n${drawn}`;
  });
  return [mark(name), `## ${name}`, shows, `${outcome}. ${circumstances}`, ...tables].join("\n\n");
}

function draw(rows: Row["columns"][]): string {
  const named = new Map(rows.map((row) => [Object.values(row)[0], row]));
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  const line = (cells: (string | number)[]) => `| ${cells.join(" | ")} |`;
  const body = [...named.values()].map((row) => line(columns.map((column) => row[column] ?? "")));
  return [line(columns), line(columns.map(() => "---")), ...body].join("\n");
}
