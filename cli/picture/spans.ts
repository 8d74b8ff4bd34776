import type { Layers, Line } from "./layers.ts";

/** A line and the columns in which it begins and ends. */
export interface Span {
  readonly line: Line;
  readonly from: number;
  readonly to: number;
}

export function spansOf({ columns, lines }: Layers): Span[] {
  const columnOf = new Map(columns.flatMap((column, index) => column.map(({ id }) => [id, index] as const)));
  return lines.map((line) => ({ line, from: columnOf.get(line.from.id)!, to: columnOf.get(line.to.id)! }));
}

export type Side = "left" | "right";

/** The side of a place at which a line begins or ends; undefined where it does neither. */
export function sideOf({ line, from, to }: Span, id: string): Side | undefined {
  const onward = from < to;
  if (line.to.id === id) return onward ? "left" : "right";
  if (line.from.id === id) return onward ? "right" : "left";
  return undefined;
}
