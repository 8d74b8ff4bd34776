import type { Declared } from "../../render/declared.ts";
import { type Example, runExample } from "./example.ts";
import { type ArgumentDoc, argumentsOf, type ClassDoc, componentClasses } from "./tsdoc.ts";

/** A page for each component, by its place in the repository: from its comments, its example and what that declares. */
export async function componentPages(root: string): Promise<Record<string, string>> {
  const pages = componentClasses(root).map(async (doc) => {
    const name = `${doc.name[0]!.toLowerCase()}${doc.name.slice(1)}`;
    const text = page(doc, argumentsOf(root, `${doc.name}Args`), await runExample(root, name));
    return [`docs/components/${name}.md`, text] as const;
  });
  return Object.fromEntries(await Promise.all(pages));
}

function page({ name, text, remarks }: ClassDoc, arguments_: readonly ArgumentDoc[], example: Example): string {
  return `${[
    `# ${name}`,
    text,
    "```ts",
    example.source.trimEnd(),
    "```",
    "",
    "## Arguments",
    "",
    ...argumentTables(arguments_),
    "",
    "## What it creates",
    "",
    "In staging, of the example above:",
    "",
    ...table(["kind", "name in the program"], created(name, example)),
    "",
    "## Beware",
    "",
    remarks.trim(),
  ]
    .join("\n")
    .replace(`# ${name}\n`, `# ${name}\n\n`)
    .replace("\n```ts", "\n\n```ts")}\n\nMade by \`npm run docs\` from the component's own comments.\n`;
}

/** The arguments themselves, those that must be given first; below it a table for each that has others within. */
function argumentTables(all: readonly ArgumentDoc[]): string[] {
  const groups = Map.groupBy(all, ({ path }) => path.split(".")[0]!);
  const own = (one: ArgumentDoc) =>
    groups.get(one.path)!.length > 1 ? `[\`${one.path}\`](#${one.path.toLowerCase()})` : undefined;
  const top = all.filter(({ path }) => groups.has(path)).sort((a, b) => Number(a.optional) - Number(b.optional));
  const within = [...groups].filter(([, { length }]) => length > 1);
  return [
    ...table(
      heading,
      top.map((one) => argument(one, own(one))),
    ),
    ...within.flatMap(([name, [, ...inner]]) => [
      "",
      `### ${name}`,
      "",
      ...table(
        heading,
        inner.map((one) => argument(one)),
      ),
    ]),
  ];
}

const heading = ["argument", "type", "what", "default"];

function argument({ path, type, text, optional, usual }: ArgumentDoc, title = `\`${path}\``): string[] {
  return [title, `\`${type}\``, text, usual ?? (optional ? "" : "*needed*")];
}

/** Every resource that is a part of the example's components of this class, other components left out. */
function created(kind: string, { rendered }: Example): string[][] {
  const own = rendered.resources.filter(({ type }) => type === `palier:index:${kind}`);
  const parts = own.flatMap(({ name }) => rendered.resourcesOf(name));
  return parts.filter(({ type }) => !type.startsWith("palier:")).map((part) => [kindOf(part), `\`${part.name}\``]);
}

function kindOf({ type }: Declared): string {
  const [provider, , kind] = type.split(":");
  return provider === "kubernetes" ? kind! : `${provider}: ${kind}`;
}

function table(heading: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const line = (cells: readonly string[]) => `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
  return [line(heading), line(heading.map(() => "---")), ...rows.map(line)];
}
