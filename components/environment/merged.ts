import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { basename } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { text } from "../check.ts";
import { only } from "../shape.ts";
import { structured } from "./structured.ts";

const mergedShape = only<Merged>({ from: text(4096), sha256: text(64) });

interface Merged {
  /** The tracked stack file. */
  from: string;
  /** What it held when it was merged. */
  sha256: string;
}

/** A local run works on a merged copy of the stack file: refuses one that the tracked file has moved on from. */
export function refuseStaleMerge(): void {
  const merged = structured<Merged>("merged", mergedShape);
  if (!merged || digestOf(merged.from) === merged.sha256) return;
  throw new pulumi.RunError(
    `${basename(merged.from)} has changed since it was merged into this local run. ` +
      `Type: eval "$(npm run -s env)" and run this again.`,
  );
}

function digestOf(file: string): string | undefined {
  try {
    return createHash("sha256").update(readFileSync(file)).digest("hex");
  } catch {
    return undefined;
  }
}
