import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { runner } from "node-pg-migrate";
import pg from "pg";

const folder = join(import.meta.dirname, "migrations");
const table = "migrations";

/** Which way the schema goes: `up` to the newest, `down` by one step, or not at all, to tell what `up` would do. */
export type Way = "up" | "down" | "status";

/** Brings the schema one way. Resolves to the migrations that were, or would be, run. */
export async function bring(way: Way): Promise<string[]> {
  const databaseUrl = address();
  if (way === "up" && process.env["FAIL_MIGRATION"]) throw new Error("failed because FAIL_MIGRATION is set");
  const done = await runner({
    databaseUrl,
    dir: folder,
    direction: way === "down" ? "down" : "up",
    count: way === "down" ? 1 : undefined,
    dryRun: way === "status",
    migrationsTable: table,
    advisoryLockMode: "wait",
    log: () => undefined,
  });
  return done.map(({ name }) => name);
}

/** Migrations that the database has had and this image does not hold: it was made before them. */
export async function unknownHere(): Promise<string[]> {
  const client = new pg.Client({ connectionString: address() });
  await client.connect();
  try {
    const { rows } = await client.query<{ there: boolean }>("SELECT to_regclass($1) IS NOT NULL AS there", [table]);
    if (!rows[0]?.there) return [];
    const had = await client.query<{ name: string }>(`SELECT name FROM ${table} ORDER BY id`);
    const held = (await readdir(folder)).map((file) => file.replace(/\.sql$/, ""));
    return had.rows.map(({ name }) => name).filter((name) => !held.includes(name));
  } finally {
    await client.end();
  }
}

/** Why it failed, without credentials. */
export function reasonOf(error: unknown): string {
  const { message } = error instanceof Error ? error : new Error(String(error));
  return message.replaceAll(/\/\/[^@\s]*@/g, "//…@");
}

function address(): string {
  const url = process.env["MIGRATION_DATABASE_URL"] ?? process.env["DATABASE_URL"];
  if (!url) throw new Error("DATABASE_URL is not set");
  return url;
}
