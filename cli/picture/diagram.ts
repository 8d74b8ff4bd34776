import { short } from "./grid.ts";
import { type Html, html } from "./html.ts";
import { layersOf } from "./layers.ts";
import type { Place, Way } from "./place.ts";
import { type Box, type Course, type Point, positionsOf } from "./positions.ts";

/**
 * The diagram of one stack, or of several that are alike, with its words for those who can't see it.
 *
 * @param id Tells its parts from those of another diagram on the page.
 */
export function diagram(id: string, title: string, workloads: readonly Place[], ways: readonly Way[]): Html {
  const { width, height, boxes, courses } = positionsOf(layersOf(workloads, ways));
  const said = courses.map(({ line: { from, to, label } }) => `${from.name} reaches ${to.name} on ${label}.`);
  const [w, h] = [Math.ceil(width), Math.ceil(height)];
  return html`<svg role="img" aria-labelledby="${id}-title ${id}-desc" viewBox="0 0 ${w} ${h}" width="${w}" height="${h}">
<title id="${id}-title">${title}</title>
<desc id="${id}-desc">${said.join(" ") || "Nothing is reached."}</desc>
<defs><marker id="${id}-point" viewBox="0 0 8 8" refX="8" refY="4" markerWidth="8" markerHeight="8" orient="auto"><path d="M0 0L8 4L0 8Z"/></marker></defs>
${courses.map((course) => drawnLine(course, id))}${boxes.map(drawnBox)}</svg>`;
}

function drawnBox({ place: { name, about, side }, x, y, width, height }: Box): Html {
  const middle = y + height / 2;
  const under = about === "" ? "" : html`<text class="about" x="${x + 12}" y="${middle + 15}">${short(about)}</text>`;
  return html`<g class="place ${side}"><rect x="${x}" y="${y}" width="${width}" height="${height}" rx="6"/>
<text class="name" x="${x + 12}" y="${middle + (about === "" ? 5 : -3)}">${short(name)}</text>${under}</g>
`;
}

function drawnLine({ line, points, label }: Course, id: string): Html {
  return html`<path class="line" marker-end="url(#${id}-point)" d="${course(points)}"/>
<text class="port" x="${label.x}" y="${label.y}" text-anchor="${label.anchor}">${short(line.label)}</text>
`;
}

/** Straight where it passes a column and where its words stand, and bent between columns. */
function course([first, ...points]: readonly Point[]): string {
  let { x, y } = first!;
  const steps = points.map((to, index) => {
    const half = (x + to.x) / 2;
    const straight = to.y === y || index === points.length - 1;
    const step = straight ? `L${to.x} ${to.y}` : `C${half} ${y} ${half} ${to.y} ${to.x} ${to.y}`;
    ({ x, y } = to);
    return step;
  });
  return `M${first!.x} ${first!.y}${steps.join("")}`;
}
