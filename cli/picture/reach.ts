import { type Html, html } from "./html.ts";
import type { Picture, Section } from "./section.ts";
import { sideBySide } from "./sideBySide.ts";
import type { StackPicture } from "./stackPicture.ts";
import { table } from "./table.ts";

/** The ways that the network policies leave open, as a table. */
export function reachSection({ stacks }: Picture): Section {
  const names = stacks.map(({ stack }) => stack);
  const ways = sideBySide(
    stacks,
    ({ ways }) => ways,
    ({ from, to, port }) => `${from.name} ${to.name} ${to.about} ${port}`,
  );
  const rows = ways.map(({ item: { from, to, port }, in: there }) => ({
    heads: [from.name, to.name, port],
    values: names.map((stack) => (there.has(stack) ? "yes" : "no")),
    after: [[...new Set([...there.values()].map(({ by }) => by))].join("; ")],
  }));
  const columns = { heads: ["From", "To", "Port"], stacks: names, after: ["By"] };
  const content = html`<p>A connection is open where the policies at both ends let it through. Whatever is not listed is not
reachable. Policies know addresses and no names: a host outside stands for the addresses that are opened for it. The Jobs of a
component go out as it does.</p>
${rows.length > 0 ? table("Who may reach what", columns, rows) : html`<p>Nothing is reached.</p>\n`}${noStrangers(stacks)}${forAll(stacks)}`;
  return { id: "reach", title: "Who may reach what", content };
}

function forAll(stacks: readonly StackPicture[]): Html {
  const rows = sideBySide(
    stacks,
    ({ forAll }) => forAll,
    (said) => said,
  );
  const where = (there: ReadonlyMap<string, string>) =>
    there.size === stacks.length ? "" : ` in ${[...there.keys()].join(", ")}`;
  if (rows.length === 0) return html`<p>No policy is about all pods: whatever no other policy is about is open.</p>\n`;
  return html`<p>For every pod:</p>
<ul>
${rows.map(({ item, in: there }) => html`<li>${item}${where(there)}</li>\n`)}</ul>
`;
}

function noStrangers(stacks: readonly StackPicture[]): Html {
  const closed = stacks.filter(({ ways }) => ways.every(({ from }) => from.side !== "before"));
  if (closed.length === 0) return html``;
  return html`<p>Nobody but the workloads themselves is let in: ${closed.map(({ stack }) => stack).join(", ")}.</p>\n`;
}
