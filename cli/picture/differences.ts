import { originOf, valueIn } from "../explain/words.ts";
import { html } from "./html.ts";
import type { Picture, Section } from "./section.ts";
import { table } from "./table.ts";

/** Every value that is another one in another environment. */
export function differencesSection({ stacks, components }: Picture): Section {
  const names = stacks.map(({ stack }) => stack);
  const rows = components.flatMap(({ name, rows }) =>
    rows
      .filter(({ differs }) => differs)
      .map((row) => ({
        heads: [name, html`<code>${row.argument}</code>`],
        values: names.map((stack) => valueIn(row, stack)),
        after: [originOf(row, names)],
      })),
  );
  const columns = { heads: ["Component", "Value"], stacks: names, after: ["From"] };
  const content =
    rows.length > 0
      ? table("Values that differ", columns, rows)
      : html`<p>Every value is the same in ${names.join(", ")}.</p>\n`;
  return { id: "differences", title: "What differs between environments", content };
}
