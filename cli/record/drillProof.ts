import { readFileSync } from "node:fs";
import { type DrillRecord, drillRecord } from "../../core/records/drillRecord.ts";
import type { ReleaseRecord } from "../../core/records/releaseRecord.ts";
import { cantRead, UsageError } from "../usage.ts";

/** What a drill says of the gate `backup`, as of when it began. */
export function drillProof(file: string, system: string, run?: string): ReleaseRecord["gates"] {
  const { result, at, ...record } = drillIn(file);
  if (record.system !== system) {
    throw new UsageError(`--drill "${file}" is of ${record.system}, and the release is of ${system}.`);
  }
  return { backup: { result, at, ...(run ? { run } : {}) } };
}

function drillIn(file: string): DrillRecord {
  const read = drillRecord.safeParse(parsed(textOf(file)));
  if (read.success) return read.data;
  const [issue] = read.error.issues;
  throw new UsageError(`--drill "${file}" is no record of a drill: ${issue!.path.join(".")}: ${issue!.message}.`);
}

function textOf(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return cantRead("--drill", file);
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
