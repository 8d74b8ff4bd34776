import type { Explained, Guard } from "../explain/rows.ts";
import { originOf, valueIn } from "../explain/words.ts";
import { type Html, html } from "./html.ts";
import type { Picture, Section } from "./section.ts";
import type { StackPicture } from "./stackPicture.ts";
import { table } from "./table.ts";

/** Each component with every value of it, and the rules that guard it. */
export function componentsSection({ stacks, components }: Picture): Section {
  const content = html`${components.map((component) => folded(component, stacks))}`;
  return { id: "components", title: "Components and the rules that guard them", content };
}

function folded(component: Explained, stacks: readonly StackPicture[]): Html {
  const { kind, name, rows } = component;
  const rules = guardsOf(component);
  const differing = rows.filter(({ differs }) => differs).length;
  const counted = `${rows.length} values, ${differing} of which differ, and ${rules.length} rules`;
  return html`<details><summary><h3>${kind} ${name}</h3> <span class="faint">${counted}</span></summary>
${guards(component, rules, stacks)}${values(component, stacks)}</details>
`;
}

interface Guarding extends Guard {
  readonly arguments: readonly string[];
}

/** The rules that count anywhere, each with the arguments that it guards. */
function guardsOf({ rows }: Explained): Guarding[] {
  const found = rows.flatMap(({ argument, guardedBy }) => guardedBy.map((guard) => ({ argument, guard })));
  const groups = [...Map.groupBy(found, ({ guard }) => guard.id).values()];
  const rules = groups.map((group) => ({ ...group[0]!.guard, arguments: group.map(({ argument }) => argument) }));
  return rules.filter(({ levels }) => Object.values(levels).some((level) => level !== "off"));
}

function guards({ kind, name }: Explained, rules: readonly Guarding[], stacks: readonly StackPicture[]): Html {
  if (rules.length === 0) return html`<p>No rule guards one of its values by itself.</p>\n`;
  const rows = rules.map(({ id, levels, description, arguments: guarded }) => ({
    heads: [html`<code>${id}</code>`, description],
    values: stacks.map(({ stage }) => levels[stage]),
    after: [guarded.join(", ")],
  }));
  const columns = { heads: ["Rule", "What it asks"], stacks: stacks.map(({ stack }) => stack), after: ["Guards"] };
  return table(`Rules that guard ${kind} ${name}, as they count unless configured otherwise`, columns, rows);
}

function values({ kind, name, rows }: Explained, stacks: readonly StackPicture[]): Html {
  const names = stacks.map(({ stack }) => stack);
  const columns = { heads: ["Value"], stacks: names, after: ["From"] };
  const told = rows.map((row) => ({
    heads: [html`<code>${row.argument}</code>`],
    values: names.map((stack) => valueIn(row, stack)),
    after: [originOf(row, names)],
  }));
  return table(`Values of ${kind} ${name}`, columns, told);
}
