import type { Place } from "./place.ts";
import { type Side, type Span, sideOf } from "./spans.ts";

/** What a letter takes at most, of a name and of smaller words: they are all of one width. */
export const letter = { name: 9, small: 7.6 };
/** Of longer words the beginning is drawn; the tables have them whole. */
export const longest = 34;
/** The height of a line's row beside a box. */
export const slot = 22;

const gap = 26;
const margin = 14;
const bend = 56;

/** A place, or a line that passes, in its column. */
export interface Item {
  readonly y: number;
  readonly height: number;
  readonly place?: Place;
  readonly passing?: Span;
}

export interface Placed {
  readonly x: number;
  readonly width: number;
  readonly items: readonly Item[];
}

/** The columns from left to right, each with its items from top to bottom, in the middle of the whole. */
export function placedColumns(columns: readonly (readonly Place[])[], spans: readonly Span[]) {
  const stacks = columns.map((places, index) => [
    ...places.map((place) => ({ place, height: heightOf(place, spans) })),
    ...spans.filter((span) => isPassing(span, index)).map((passing) => ({ passing, height: slot })),
  ]);
  const tall = stacks.map((items) => items.reduce((sum, { height }) => sum + height + gap, -gap));
  const height = Math.max(...tall) + 2 * margin;
  const placed: Placed[] = [];
  let x = margin;
  for (const [index, items] of stacks.entries()) {
    const width = Math.max(0, ...columns[index]!.map(widthOf));
    x += labelRoom(spans, index, "left");
    let y = (height - tall[index]!) / 2;
    const below = (step: number) => {
      y += step + gap;
      return y - step - gap;
    };
    placed.push({ x, width, items: items.map((item) => ({ ...item, y: below(item.height) })) });
    x += width + (items.length === 0 ? 0 : labelRoom(spans, index, "right") + bend);
  }
  return {
    columns: placed,
    width: Math.max(...placed.filter(({ items }) => items.length > 0).map((one) => one.x + one.width)) + margin,
    height,
  };
}

/** What the words take that stand at this side of a column, with the point of the arrow. */
export function labelRoom(spans: readonly Span[], column: number, side: Side): number {
  const ending = spans.filter((span) => span.to === column && sideOf(span, span.line.to.id) === side);
  const widths = ending.map(({ line }) => Math.ceil(short(line.label).length * letter.small) + 18);
  return Math.max(0, ...widths);
}

/** The words as they are drawn. */
export function short(text: string): string {
  return text.length > longest ? `${text.slice(0, longest - 1)}…` : text;
}

function isPassing({ from, to }: Span, column: number): boolean {
  return Math.min(from, to) < column && column < Math.max(from, to);
}

function widthOf({ name, about }: Place): number {
  return Math.ceil(Math.max(short(name).length * letter.name, short(about).length * letter.small)) + 24;
}

function heightOf({ id }: Place, spans: readonly Span[]): number {
  const at = (side: Side) => spans.filter((span) => sideOf(span, id) === side).length;
  return Math.max(48, slot * Math.max(at("left"), at("right")) + 8);
}
