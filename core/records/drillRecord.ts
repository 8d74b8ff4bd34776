import { z } from "zod";

const text = z.string().min(1);
const seconds = z.number().optional();

/** What a drill found of a database's newest backup: it writes it itself, in its log and beside the backups. */
export const drillRecord = z.strictObject({
  version: z.literal(1),
  system: text.describe("the Pulumi project"),
  environment: text,
  server: text.describe("the Postgres, by its component's name"),
  database: text,
  backup: text.optional().describe("the time that names it; none where none was found"),
  at: z.iso.datetime().describe("when the drill began, in universal time"),
  result: z.enum(["passed", "failed"]),
  reason: text.optional().describe("why it failed"),
  rpoSeconds: seconds.describe("how old the backup was"),
  rtoSeconds: seconds.describe("what it took to restore it"),
  assertions: z.array(z.number()).describe("what was answered, in the order of the questions"),
});

export type DrillRecord = z.infer<typeof drillRecord>;
