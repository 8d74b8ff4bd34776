import { ArgumentError, below } from "../argument.ts";
import type { Check } from "../check.ts";

/** What a migration runs, and how it is taken back. */
interface Tool {
  command: string[];
  rollback: string;
}

/** Tools are run as the image holds them: none is fetched, and Prisma's own way back is the last backup. */
const tools: Readonly<Record<string, Tool>> = {
  prisma: { command: ["npx", "--no", "prisma", "migrate", "deploy"], rollback: "restore" },
  alembic: { command: ["alembic", "upgrade", "head"], rollback: "alembic downgrade -1" },
  knex: { command: ["npx", "--no", "knex", "migrate:latest"], rollback: "npx --no knex migrate:rollback" },
};

/** Whole or not at all, and stopped by the first error. */
const psql = ["psql", "--no-psqlrc", "--set=ON_ERROR_STOP=1", "--single-transaction"];

export const toolNames = [...Object.keys(tools), "sql"];

interface Given {
  command?: string[];
  tool?: string;
  file?: string;
  rollback?: string;
}

/** One way to say what runs, and a file where there is none but that. */
export const oneWayToRun: Check = (path, value) => {
  const { command, tool, file } = value as Given;
  if ((command === undefined) === (tool === undefined)) {
    throw new ArgumentError(path, `give exactly one of command and tool (${toolNames.join(", ")})`);
  }
  if (tool === "sql" && file === undefined)
    throw new ArgumentError(below(path, "file"), "is missing; tool sql runs it");
  if (tool !== "sql" && file !== undefined) {
    throw new ArgumentError(below(path, "file"), `only tool sql runs a file, and ${tool ?? "command"} is given`);
  }
};

/**
 * What runs and how it is taken back.
 * @param database The variable that holds the database's address; of plain SQL alone it must be known.
 */
export function toRun(
  { command, tool, file, rollback }: Given,
  database?: string,
): Partial<Tool> & Pick<Tool, "command"> {
  if (command) return { command, rollback };
  const sql = { command: [...psql, `--file=${file}`, `$(${database})`], rollback: "restore" };
  const known = tools[tool!] ?? sql;
  return { command: known.command, rollback: rollback ?? known.rollback };
}
