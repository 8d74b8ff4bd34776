import { z } from "zod";

const text = z.string().min(1);
const seconds = z.number().min(0);

/** What `palier drill rollback` measured of a way back, and of the way forward again. */
export const rollbackDrill = z.strictObject({
  version: z.literal(1),
  system: text.describe("the Pulumi project"),
  environment: text,
  app: text,
  from: text.describe("the release that served before and serves again"),
  to: text.describe("the one that it went back to"),
  at: z.iso.datetime().describe("when the drill began, in universal time"),
  result: z.enum(["passed", "failed"]),
  reason: text.optional().describe("why it failed"),
  rollbackSeconds: seconds.describe("from the command until the release before served alone"),
  deploySeconds: seconds.optional().describe("what the release forward again took; none where it did not come to that"),
});

export type RollbackDrill = z.infer<typeof rollbackDrill>;
