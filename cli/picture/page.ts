import { componentsSection } from "./components.ts";
import { differencesSection } from "./differences.ts";
import { Html, html } from "./html.ts";
import { overviewSection } from "./overview.ts";
import { reachSection } from "./reach.ts";
import type { Picture, Section } from "./section.ts";
import { sizesSection } from "./sizesTable.ts";
import { style } from "./style.ts";

const sections: readonly ((picture: Picture) => Section)[] = [
  overviewSection,
  reachSection,
  sizesSection,
  differencesSection,
  componentsSection,
];

/** The page: one file that needs nothing else, the same for the same picture. */
export function page(picture: Picture): string {
  const { project, stacks } = picture;
  const made = sections.map((section) => section(picture));
  const environments = stacks.map(({ stack, stage }) => (stack === stage ? stack : `${stack} (${stage})`)).join(", ");
  const { text } = html`<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8"/>
<meta name="viewport" content="width=device-width, initial-scale=1"/>
<meta name="color-scheme" content="light dark"/>
<title>${project}: what its stacks declare</title>
<style>${new Html(style)}</style>
</head>
<body>
<a class="skip" href="#content">Skip to the content</a>
<header>
<h1>${project}</h1>
<p>What the program declares in ${environments}, with no cluster asked. Made by <code>palier picture</code>; no secret is in it.</p>
<nav aria-label="Sections"><ul>
${made.map(({ id, title }) => html`<li><a href="#${id}">${title}</a></li>\n`)}</ul></nav>
</header>
<main id="content" tabindex="-1">
${made.map(({ id, title, content }) => html`<section aria-labelledby="${id}"><h2 id="${id}">${title}</h2>\n${content}</section>\n`)}</main>
</body>
</html>
`;
  return text;
}
