import { labelRoom, type Placed, placedColumns, slot } from "./grid.ts";
import type { Layers, Line } from "./layers.ts";
import type { Place } from "./place.ts";
import { type Side, type Span, sideOf, spansOf } from "./spans.ts";

/** A place with room for its words and for the lines that end at it. */
export interface Box {
  readonly place: Place;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** A line by the points that it runs through, and where its words stand: above its end. */
export interface Course {
  readonly line: Line;
  readonly points: readonly Point[];
  readonly label: Point & { readonly anchor: "start" | "end" };
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface Positions {
  readonly width: number;
  readonly height: number;
  readonly boxes: readonly Box[];
  readonly courses: readonly Course[];
}

/** Where everything stands. No two lines share a row beside a box, so that no words lie upon others. */
export function positionsOf(layers: Layers): Positions {
  const spans = spansOf(layers);
  const { columns, width, height } = placedColumns(layers.columns, spans);
  const boxes = columns.flatMap(({ items, x, width }) =>
    items.flatMap(({ place, y, height }) => (place ? [{ place, x, y, width, height }] : [])),
  );
  const byId = new Map(boxes.map((box) => [box.place.id, box]));
  return { width, height, boxes, courses: spans.map((span) => courseOf(span, spans, byId, columns)) };
}

function courseOf(
  span: Span,
  spans: readonly Span[],
  boxes: ReadonlyMap<string, Box>,
  columns: readonly Placed[],
): Course {
  const [start, end] = [span.line.from.id, span.line.to.id].map((id) => endAt(id, span, spans, boxes));
  const onward = span.from < span.to;
  const room = (column: number, side: Side) => labelRoom(spans, column, side);
  const away = onward ? room(span.from, "right") : -room(span.from, "left");
  const near = onward ? -room(span.to, "left") : room(span.to, "right");
  const inner = columns.flatMap(({ items, x, width }, column) => {
    const item = items.find(({ passing }) => passing === span);
    if (!item) return [];
    const y = item.y + item.height / 2;
    return [
      { x: x - room(column, "left"), y },
      { x: x + width + room(column, "right"), y },
    ];
  });
  const through = [{ ...start!, x: start!.x + away }, ...(onward ? inner : inner.toReversed())];
  const turn = { ...end!, x: end!.x + near };
  const label = { x: end!.x + (onward ? -12 : 12), y: end!.y - 5, anchor: onward ? "end" : "start" } as const;
  return { line: span.line, points: apart([start!, ...through, turn, end!]), label };
}

/** Its own row at a box, among those that end at the same side of it. */
function endAt(id: string, span: Span, spans: readonly Span[], boxes: ReadonlyMap<string, Box>): Point {
  const side = sideOf(span, id)!;
  const middle = ({ line }: Span) => {
    const { y, height } = boxes.get(line.from.id === id ? line.to.id : line.from.id)!;
    return y + height / 2;
  };
  const beside = spans.filter((one) => sideOf(one, id) === side).sort((a, b) => middle(a) - middle(b));
  const { x, y, width, height } = boxes.get(id)!;
  const first = y + (height - slot * beside.length) / 2 + slot / 2;
  return { x: side === "left" ? x : x + width, y: first + slot * beside.indexOf(span) };
}

/** Without what lies where the one before it does. */
function apart(points: readonly Point[]): Point[] {
  return points.filter(({ x, y }, index) => index === 0 || x !== points[index - 1]!.x || y !== points[index - 1]!.y);
}
