import { type Content, type Html, html } from "./html.ts";

/** One row of a table: what it is about, what else is said of it, and a value for each environment. */
export interface TableRow {
  readonly heads: readonly Content[];
  /** By the stacks, in their order. */
  readonly values: readonly string[];
  readonly after?: readonly Content[];
}

/** A table of environments side by side; a row that differs says so, not by its colour alone. */
export function table(
  caption: string,
  columns: {
    readonly heads: readonly string[];
    readonly stacks: readonly string[];
    readonly after?: readonly string[];
  },
  rows: readonly TableRow[],
): Html {
  const titles = [...columns.heads, ...columns.stacks, ...(columns.after ?? [])];
  return html`<div class="wide" role="region" tabindex="0" aria-label="${caption}"><table>
<caption>${caption}</caption>
<thead><tr>${titles.map((title) => html`<th scope="col">${title}</th>`)}</tr></thead>
<tbody>
${rows.map(row)}</tbody>
</table></div>
`;
}

function row({ heads, values, after = [] }: TableRow): Html {
  const differs = new Set(values).size > 1;
  const mark = differs ? html`<span class="mark" title="differs">≠</span> ` : "";
  const [first, ...others] = heads;
  return html`<tr${differs ? html` class="differs"` : ""}><th scope="row">${mark}${first}</th>${others.map(cell)}${values.map(cell)}${after.map(cell)}</tr>
`;
}

function cell(content: Content): Html {
  return html`<td>${content}</td>`;
}
