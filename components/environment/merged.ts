import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { basename } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { text } from "../check.ts";
import { only } from "../shape.ts";

const mergedShape = only<Merged>({ from: text(4096), sha256: text(64) });

interface Merged {
  /** The tracked stack file. */
  from: string;
  /** What it held when it was merged. */
  sha256: string;
}

/** A local run works on a merged copy of the stack file: refuses one that the tracked file has moved on from. */
export function refuseStaleMerge(): void {
  const told = new pulumi.Config("palier").get("merged");
  if (told === undefined) return;
  const merged = parsed(told);
  if (digestOf(merged.from) === merged.sha256) return;
  throw new pulumi.RunError(
    `${basename(merged.from)} has changed since it was merged into this local run. ` +
      `Type: eval "$(npm run -s env)" and run this again.`,
  );
}

/** The SDK's own reader of structured values shows what it can't read, a secret too. */
function parsed(told: string): Merged {
  let merged: unknown = told;
  try {
    merged = JSON.parse(told);
  } catch {}
  mergedShape("palier:merged", merged);
  return merged as Merged;
}

function digestOf(file: string): string | undefined {
  try {
    return createHash("sha256").update(readFileSync(file)).digest("hex");
  } catch {
    return undefined;
  }
}
