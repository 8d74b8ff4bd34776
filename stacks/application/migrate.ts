import { join } from "node:path";
import { runner } from "node-pg-migrate";

const table = "migrations";

/** Brings the schema one way: `up` to the newest, `down` by one step. `status` tells what `up` would do. */
async function main(command: string | undefined): Promise<string> {
  if (command !== "up" && command !== "down" && command !== "status")
    throw new Error("usage: node migrate.ts up|down|status");
  const databaseUrl = process.env["MIGRATION_DATABASE_URL"] ?? process.env["DATABASE_URL"];
  if (!databaseUrl) throw new Error("DATABASE_URL is not set");
  if (command === "up" && process.env["FAIL_MIGRATION"]) throw new Error("failed because FAIL_MIGRATION is set");
  const done = await runner({
    databaseUrl,
    dir: join(import.meta.dirname, "migrations"),
    direction: command === "down" ? "down" : "up",
    count: command === "down" ? 1 : undefined,
    dryRun: command === "status",
    migrationsTable: table,
    advisoryLockMode: "wait",
    log: () => undefined,
  });
  const verb = { up: "applied", down: "taken back", status: "to be applied" }[command];
  return done.length === 0 ? `nothing ${verb}` : `${verb}: ${done.map(({ name }) => name).join(", ")}`;
}

main(process.argv[2]).then(
  (message) => console.log(message),
  (error: Error) => {
    console.error(`migration failed: ${error.message.replaceAll(/\/\/[^@\s]*@/g, "//…@")}`);
    process.exitCode = 1;
  },
);
