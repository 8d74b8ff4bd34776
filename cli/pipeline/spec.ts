import { z } from "zod";
import { gates } from "../../core/records/releaseRecord.ts";

const line = z.string().min(1);
const minutes = z.int().min(1).max(360);
const secret = z.string().regex(/^[A-Z][A-Z0-9_]*$/, "no name of a variable, such as TEST_DB_PASSWORD");
const name = z.string().regex(/^[a-z][a-z0-9-]*$/, "no name such as test-api");

const step = z.strictObject({
  name: line,
  run: line.describe("plain shell"),
  gate: z.enum(gates).optional().describe("what it proves, where it succeeds"),
  measure: line.optional().describe("shell that prints what was measured, for the gates coverage, scan and audit"),
});

const check = z.strictObject({
  minutes: minutes.describe("so long it may take"),
  node: z.int().optional(),
  python: line.optional(),
  pnpm: z.boolean().default(false),
  folder: line.default(".").describe("where its steps run"),
  postgres: z.strictObject({ version: line, database: name.or(z.string().regex(/^[a-z_]+$/)) }).optional(),
  secrets: z.array(secret).default([]).describe("the pipeline's own, for tests alone"),
  variables: z.record(secret, line).default({}),
  steps: z.array(step).min(1),
});

const environment = z.strictObject({
  minutes,
  verify: line.default("").describe("more options of palier verify: paths, bounds with their units"),
  steps: z.array(step).default([]).describe("what else must succeed there"),
});

/** What a system's `pipeline.yaml` says: what the generator can't know. */
export const pipelineSpec = z.strictObject({
  name: line,
  profile: name.describe("of the policy pack: its gates must all be proven here"),
  project: line.default(".").describe("folder of Pulumi.yaml"),
  branch: line.default("main"),
  testBranches: z.array(line).default([]).describe("pushes to these run the checks alone"),
  productionTags: line.optional().describe("production waits for such a tag; without, it follows staging"),
  pnpm: z.boolean().default(false).describe("the jobs that release install with pnpm"),
  install: line.default("npm ci").describe("brings palier and the program's packages"),
  node: z.int().min(22).default(24).describe("for palier and the program"),
  checks: z.record(name, check),
  images: z.record(name, z.strictObject({ repository: line, context: line.default(".") })),
  buildMinutes: minutes,
  scan: line.describe("severities that stop an image: CRITICAL, or HIGH,CRITICAL"),
  staging: environment,
  production: environment,
  approval: z.boolean().describe("somebody has to approve production; the environment's protection asks for it"),
  changeDocument: line,
  rollbackPlan: line,
  returnWaitSeconds: z.int().min(0).max(600).default(30).describe("after a return, until it is checked"),
  weekly: z.array(step).default([]).describe("on Mondays"),
});

export type PipelineSpec = z.infer<typeof pipelineSpec>;
export type SpecStep = z.infer<typeof step>;
export type SpecCheck = z.infer<typeof check>;
