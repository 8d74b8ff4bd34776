import { diagram } from "./diagram.ts";
import { type Html, html } from "./html.ts";
import type { Picture, Section } from "./section.ts";
import { sideBySide } from "./sideBySide.ts";
import type { StackPicture } from "./stackPicture.ts";
import { table } from "./table.ts";

/** The diagram of each stack, those that are alike as one, and the links that the program declares. */
export function overviewSection({ project, stacks }: Picture): Section {
  const alike = [...Map.groupBy(stacks, drawnOf).values()];
  const content = html`${alike.map((group, index) => figure(project, group, index))}${links(stacks)}`;
  return { id: "overview", title: "How it hangs together", content };
}

/** What of a stack is to be seen in its diagram. */
function drawnOf({ workloads, ways }: StackPicture): string {
  const seen = ways.map(({ from, to, port }) => [from, to, port]);
  return JSON.stringify([workloads.map(({ place: { name, about } }) => [name, about]), seen.map(shortened)]);
}

/** The namespace, which stands in an identity, is another one in each environment. */
function shortened([from, to, port]: readonly unknown[]): unknown {
  const words = (place: unknown) => {
    const { name, about, side } = place as StackPicture["ways"][number]["from"];
    return [name, about, side];
  };
  return [words(from), words(to), port];
}

function figure(project: string, group: readonly StackPicture[], index: number): Html {
  const [{ workloads, ways }] = group as [StackPicture];
  const names = group.map(({ stack }) => stack).join(", ");
  const title = `Who reaches what in ${names} of ${project}`;
  const places = workloads.map(({ place }) => place);
  return html`<figure><div class="wide" role="region" tabindex="0" aria-label="${title}">${diagram(`diagram-${index + 1}`, title, places, ways)}</div>
<figcaption>${names}: an arrow is a way that the network policies leave open, with its ports. <a href="#reach">The table</a> says the same.</figcaption></figure>
`;
}

function links(stacks: readonly StackPicture[]): Html {
  const rows = sideBySide(
    stacks,
    ({ links }) => links,
    ({ component, variable }) => `${component} ${variable}`,
  );
  if (rows.length === 0) return html`<p>No component links to another.</p>\n`;
  const names = stacks.map(({ stack }) => stack);
  return table(
    "Links: what a component is given the address of, by its variable",
    { heads: ["Component", "Variable"], stacks: names },
    rows.map((row) => {
      const to = (stack: string) => {
        const link = row.in.get(stack);
        return link ? `${link.to}:${link.port} (${link.kind})` : "–";
      };
      return { heads: [row.item.component, html`<code>${row.item.variable}</code>`], values: names.map(to) };
    }),
  );
}
