import { deepEqual } from "node:assert/strict";
import { readFileSync } from "node:fs";
import { type Profile, profiles } from "../../core/profile.ts";

const page = readFileSync("docs/environments.md", "utf8");

describe("docs/environments.md", () => {
  it("says of each profile what it holds", () => {
    const rows = [...page.matchAll(/^\| `(\w+)` \| ([^|]+) \| ([^|]+) \| ([^|]+) \|/gm)];
    const told = rows.map(([, field, ...columns]) => [
      field,
      ...columns.map((text) => text!.replaceAll("`", "").trim()),
    ]);
    const { ttlHours: _, ...bounded } = { ...profiles.production };
    const held = Object.keys(bounded).map((field) => [
      field,
      ...[profiles.dev, profiles.staging, profiles.production].map((profile) => shown(profile[field as keyof Profile])),
    ]);
    deepEqual(told.sort(), held.sort());
  });
});

function shown(value: unknown): string {
  if (typeof value !== "object" || value === null) return String(value);
  const parts = Object.values(value);
  return typeof parts[0] === "number" ? [...new Set(parts)].join("–") : parts.join(", ");
}
