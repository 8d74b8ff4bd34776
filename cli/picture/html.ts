/** Markup that is what it says; any other text is escaped where it is put into {@link html}. */
export class Html {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

export type Content = string | number | Html | undefined | readonly Content[];

/** Markup with these values in it, every text of them escaped. */
export function html(parts: TemplateStringsArray, ...values: readonly Content[]): Html {
  return new Html(parts.map((part, index) => `${part}${written(values[index])}`).join(""));
}

function written(value: Content): string {
  if (value === undefined) return "";
  if (value instanceof Html) return value.text;
  return typeof value === "object" ? value.map(written).join("") : escaped(String(value));
}

const entities: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/** A control character has no place in a page, not even escaped. */
function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (letter) => entities[letter]!).replace(/[^\P{Cc}\t\n]/gu, "\ufffd");
}
