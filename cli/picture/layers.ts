import type { Place, Way } from "./place.ts";

/** One line of the diagram: from, to, and the ports of its ways. */
export interface Line {
  readonly from: Place;
  readonly to: Place;
  readonly label: string;
}

export interface Layers {
  /** From those who come in to those who are last reached, each in the order in which they stand. */
  readonly columns: readonly (readonly Place[])[];
  readonly lines: readonly Line[];
}

/** Puts each place to the right of whoever reaches it; what stores or lies behind stands last. */
export function layersOf(workloads: readonly Place[], ways: readonly Way[]): Layers {
  const lines = linesOf(ways);
  const ends = lines.flatMap(({ from, to }) => [from, to]);
  const places = [...new Map([...workloads, ...ends].map((place) => [place.id, place])).values()];
  const reaching = new Set(lines.map(({ from }) => from.id));
  const depth = depths(
    places.filter(({ id, side }) => side === "workload" || (side === "store" && reaching.has(id))),
    lines,
  );
  const last = Math.max(0, ...depth.values()) + 1;
  const column = ({ id, side }: Place) => (side === "before" ? 0 : (depth.get(id) ?? last));
  const columns = Array.from({ length: last + 1 }, (_, index) => places.filter((place) => column(place) === index));
  return { columns: ordered(columns, lines), lines };
}

function linesOf(ways: readonly Way[]): Line[] {
  const groups = Map.groupBy(ways, ({ from, to }) => `${from.id} ${to.id}`);
  return [...groups.values()].map((group) => {
    const { from, to } = group[0]!;
    return { from, to, label: [...new Set(group.map(({ port }) => port))].join(", ") };
  });
}

/** The longest way in among these places; a line that leads back to where it came from is not followed. */
function depths(places: readonly Place[], lines: readonly Line[]): Map<string, number> {
  const within = new Map(places.map(({ id }) => [id, lines.filter(({ from }) => from.id === id)]));
  const depth = new Map<string, number>();
  const open = new Set<string>();
  const later: string[] = [];
  const visit = (id: string) => {
    open.add(id);
    for (const { to } of within.get(id)!) {
      if (!within.has(to.id)) continue;
      if (open.has(to.id)) back.add(`${id} ${to.id}`);
      else if (!later.includes(to.id)) visit(to.id);
    }
    open.delete(id);
    later.unshift(id);
  };
  const back = new Set<string>();
  for (const { id } of places) if (!later.includes(id)) visit(id);
  for (const id of later) {
    const own = depth.get(id) ?? 1;
    depth.set(id, own);
    for (const { to } of within.get(id)!.filter(({ to }) => !back.has(`${id} ${to.id}`))) {
      depth.set(to.id, Math.max(depth.get(to.id) ?? 1, own + 1));
    }
  }
  return new Map(later.map((id) => [id, depth.get(id)!]));
}

/** Each column by where those who reach its places stand, so that few lines cross. */
function ordered(columns: readonly Place[][], lines: readonly Line[]): Place[][] {
  const height = new Map<string, number>();
  return columns.map((column) => {
    const weight = ({ id }: Place) => {
      const callers = lines.filter(({ to, from }) => to.id === id && height.has(from.id));
      return callers.reduce((sum, { from }) => sum + height.get(from.id)!, 0) / Math.max(1, callers.length);
    };
    const weights = new Map(column.map((place) => [place.id, weight(place)]));
    const sorted = column.sort((a, b) => weights.get(a.id)! - weights.get(b.id)! || (a.name < b.name ? -1 : 1));
    sorted.forEach((place, index) => void height.set(place.id, index));
    return sorted;
  });
}
