import type { Row } from "./rows.ts";

/** A value as a reader writes it; a dash where it is not there. */
export function valueIn(row: Row, stack: string): string {
  return stack in row.in ? shown(row.in[stack]!.value) : "–";
}

/** An entry that holds nothing is there all the same. */
function shown(value: unknown): string {
  if (Array.isArray(value)) return value.map(String).join(" ");
  return typeof value === "object" && value !== null ? "declared" : String(value);
}

/** Where a value is from, told of each environment where they are not at one. */
export function originOf(row: Row, stacks: readonly string[]): string {
  const origins = Map.groupBy(
    stacks.filter((stack) => stack in row.in),
    (stack) => [row.in[stack]!.origin, row.in[stack]!.key].filter(Boolean).join(" "),
  );
  const told = [...origins].map(([origin, where]) =>
    origins.size === 1 ? origin : `${origin} in ${where.join(", ")}`,
  );
  return told.join("; ");
}
