import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { writeRecord } from "./writeRecord.ts";

const text = z.string().min(1);

const container = z.strictObject({
  image: text.optional(),
  variables: z.array(text).describe("names, and no values"),
  open: z.boolean().default(false).describe("it may have more variables than these"),
});

const workload = z.strictObject({
  kind: text,
  name: text.describe("without the environment's, and what Pulumi adds"),
  containers: z.record(text, container),
  fixed: z.record(text, z.string()).describe("fields that can't be changed while it is live, as JSON"),
});

/** What runs in an environment, for itself and the next one to be held against: no value of any variable. */
export const shapeRecord = z.strictObject({
  version: z.literal(1),
  system: text.describe("the Pulumi project"),
  environment: text,
  workloads: z.record(text, workload).describe("by kind, namespace and name"),
});

export type ShapeRecord = z.infer<typeof shapeRecord>;
export type Workload = z.infer<typeof workload>;

function fileOf(folder: string, { system, environment }: Pick<ShapeRecord, "system" | "environment">): string {
  return join(folder, system, "shapes", `${environment}.json`);
}

/** What is on record of an environment; undefined for nothing, and for what is no such record. */
export function readShape(folder: string, system: string, environment: string): ShapeRecord | undefined {
  const file = fileOf(folder, { system, environment });
  try {
    return existsSync(file) ? shapeRecord.safeParse(JSON.parse(readFileSync(file, "utf8"))).data : undefined;
  } catch {
    return undefined;
  }
}

export function writeShape(folder: string, record: ShapeRecord): void {
  writeRecord(fileOf(folder, record), record);
}
