import { type Conformance, type Entry, isRefused } from "./entry.ts";

const opening = `# The stand-ins against the real thing

Where the official plugins and language host can't be downloaded, stand-ins take their place (see [local](../local/README.md)). This
list says behaviour by behaviour what the official side does, where that is written, and which test holds the stand-in to it. What
a stand-in does not do it refuses, in the words given here; nothing is passed over in silence. A test compares the types, functions,
arguments and configuration keys with those of the installed SDKs, so that a new version brings nothing unnoticed.

*Not run here*: the official plugins themselves. To verify: \`npm run doctor\` shows whether they are there; then \`npm test\`.
`;

/** The list as a page; made by `npm run docs`. */
export function conformancePage(list: Readonly<Record<string, Conformance>>): string {
  const sections = Object.entries(list).map(([name, conformance]) => section(name, conformance));
  return `${[opening.trimEnd(), ...sections].join("\n\n")}\n`;
}

function section(name: string, { of, entries }: Conformance): string {
  const covered = entries.filter((entry) => !isRefused(entry));
  const rows = [...covered, ...entries.filter(isRefused)].map(row);
  const title = name === "host" ? "language host nodejs" : name;
  const counts = `Of ${of}: ${covered.length} done as there, ${entries.length - covered.length} refused.`;
  return [`## ${title}`, "", counts, "", "| behaviour | by | here |", "|---|---|---|", ...rows].join("\n");
}

function row(entry: Entry): string {
  const cells = [
    entry.behaviour,
    `[source](${entry.source})`,
    isRefused(entry) ? refusal(entry.refused) : proof(entry.test),
  ];
  return `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
}

function refusal(words: string): string {
  return `refused: *${words}*`;
}

function proof(test: string): string {
  const [file, title] = splitTest(test);
  return `[${title}](../${file})`;
}

/** The file, from the top of the repository, and the title that a covered entry names. */
export function splitTest(test: string): [file: string, title: string] {
  const at = test.indexOf(": ");
  return [`test/${test.slice(0, at)}.test.ts`, test.slice(at + 2)];
}
