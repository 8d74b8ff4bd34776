import { equal, ok } from "node:assert/strict";

export interface Element {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  /** Its words and those of what is in it. */
  readonly text: string;
  readonly inside: readonly Element[];
}

export interface Markup {
  readonly text: string;
  /** All elements, or those of this name, in the order in which they begin. */
  all(name?: string): readonly Element[];
}

interface Open {
  readonly name: string;
  readonly attributes: Record<string, string>;
  text: string;
  readonly inside: Open[];
}

/** Reads a page strictly: every element is closed, in the order in which it was opened. Throws where one is not. */
export function read(page: string): Markup {
  const root: Open = { name: "", attributes: {}, text: "", inside: [] };
  const [open, all]: [Open[], Open[]] = [[root], []];
  const body = page.replace(/^<!DOCTYPE html>\n/, "").replace(/<style>.*?<\/style>/s, "");
  for (const [token, text, close, name, attributes, alone] of body.matchAll(
    /([^<]+)|<(\/?)([a-zA-Z][a-zA-Z0-9]*)((?: [a-zA-Z-]+="[^"<]*")*)(\/?)>|</g,
  )) {
    if (text !== undefined) for (const one of open) one.text += decoded(text);
    else if (name === undefined) throw new Error(`a stray < at ${body.indexOf(token)}`);
    else if (close) equal(open.pop()!.name, name);
    else {
      const made: Open = { name, attributes: attributesIn(attributes!), text: "", inside: [] };
      for (const one of open) one.inside.push(made);
      all.push(made);
      if (!alone) open.push(made);
    }
  }
  equal(open.length, 1, "all is closed");
  return { text: page, all: (name) => (name === undefined ? all : all.filter((one) => one.name === name)) };
}

/** The cells of the table of this caption, row by row; a mark of difference left out. */
export function cellsOf(page: Markup, caption: RegExp): string[][] {
  const table = page
    .all("table")
    .find(({ inside }) => caption.test(inside.find(({ name }) => name === "caption")!.text));
  ok(table, `no table ${caption}`);
  const body = table.inside.find(({ name }) => name === "tbody")!;
  const rows = body.inside.filter(({ name }) => name === "tr");
  return rows.map(({ inside }) => {
    return inside.filter(({ name }) => /^t[hd]$/.test(name)).map(({ text }) => text.replace(/^≠ /, ""));
  });
}

function attributesIn(text: string): Record<string, string> {
  return Object.fromEntries(
    [...text.matchAll(/ ([a-zA-Z-]+)="([^"]*)"/g)].map(([, key, value]) => [key!, decoded(value!)]),
  );
}

function decoded(text: string): string {
  ok(!/&(?!(amp|lt|gt|quot|#39);)/.test(text), `an entity that nobody wrote in ${text}`);
  const letters: Record<string, string> = { amp: "&", lt: "<", gt: ">", quot: '"', "#39": "'" };
  return text.replace(/&([^;]+);/g, (_, name: string) => letters[name]!);
}
