import type { Explained, Row } from "./rows.ts";
import { originOf, valueIn } from "./words.ts";

const width = 100;
const first = 32;

/**
 * The components as text of a hundred columns: the values of these stacks side by side, and below each where it is from,
 * what guards it, and what it is in the other ones.
 */
export function table(components: readonly Explained[], stacks: readonly string[], all = stacks): string {
  const column = Math.floor((width - first) / stacks.length);
  const others = all.filter((stack) => !stacks.includes(stack));
  const lines = components.flatMap(({ kind, name, rows }) => {
    const own = rows.filter((row) => stacks.some((stack) => stack in row.in));
    return ["", `${kind} ${name}`, ...own.flatMap((row) => linesOf(row, stacks, others, column))];
  });
  const text = [`${"".padEnd(first)}${cells(stacks, column)}`, ...lines].map((line) => line.trimEnd());
  return `${text.join("\n")}\n\n≠ another value in another environment\n`;
}

function linesOf(row: Row, stacks: readonly string[], others: readonly string[], column: number): string[] {
  const values = stacks.map((stack) => valueIn(row, stack));
  const beginning = `${row.differs ? "≠" : " "} ${row.argument}`;
  const long = beginning.length >= first;
  const elsewhere = row.differs ? others.map((stack) => `${stack} ${cut(valueIn(row, stack), 40)}`) : [];
  const details = [about(row, stacks), ...(elsewhere.length > 0 ? [`elsewhere ${elsewhere.join(", ")}`] : [])];
  const rest = `${(long ? "" : beginning).padEnd(first)}${cells(values, column)}`;
  return [...(long ? [beginning] : []), rest, ...wrapped(details.join(" · "))];
}

function cells(values: readonly string[], column: number): string {
  return values.map((value) => cut(value, column - 2).padEnd(column)).join("");
}

/** Where it is from and what guards it. */
function about(row: Row, stacks: readonly string[]): string {
  const guards = row.guardedBy.filter(({ levels }) => Object.values(levels).some((level) => level !== "off"));
  const by = guards.length > 0 ? [`guarded by ${guards.map(({ id }) => id).join(", ")}`] : [];
  return [originOf(row, stacks), ...by].join(" · ");
}

function wrapped(text: string): string[] {
  const lines = [""];
  for (const word of text.split(" ")) {
    const last = lines.at(-1)!;
    if (last.length + word.length + 6 < width) lines[lines.length - 1] = last === "" ? word : `${last} ${word}`;
    else lines.push(word);
  }
  return lines.map((line) => `    ${line}`);
}

function cut(text: string, most: number): string {
  const line = text.replaceAll("\n", "⏎");
  return line.length > most ? `${line.slice(0, most - 1)}…` : line;
}
