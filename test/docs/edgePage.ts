import { capabilities } from "../../components/edge/capabilities.ts";
import { wayNames, ways } from "../../components/edge/ways.ts";

const begin = "<!-- made by npm run docs -->";
const end = "<!-- until here -->";

/** The page with what each controller can do as the code has it. */
export function edgePage(page: string): string {
  const [before, rest = ""] = page.split(begin);
  const after = rest.split(end)[1];
  if (after === undefined) throw new Error(`docs/edge.md: the table stands between ${begin} and ${end}`);
  return `${before}${begin}\n${table()}\n${end}${after}`;
}

function table(): string {
  const rows = Object.entries(capabilities).map(([feature, by]) => {
    const cells = wayNames.map((way) => (by[way].can ? by[way].how : `**no**: ${by[way].how}`));
    return `| \`${feature}\` | ${cells.join(" | ")} |`;
  });
  const titles = wayNames.map((way) => ways[way].title);
  return [`| | ${titles.join(" | ")} |`, `|---${"|---".repeat(titles.length)}|`, ...rows].join("\n");
}
