import { changeRecord } from "../../core/records/changeRecord.ts";
import { readReleaseRecord } from "../../core/records/recordFolder.ts";
import type { ReleaseRecord } from "../../core/records/releaseRecord.ts";
import type { Stage } from "../../core/stage.ts";
import { asGivenWrongly } from "../record/place.ts";
import { UsageError } from "../usage.ts";
import type { Found } from "./found.ts";
import type { Target } from "./target.ts";

type Image = Target["images"][number];

/** Refuses an image that nobody has written a record of: what was found would say nothing of how it came to be. */
export function recordOf({ folder, system }: Target, { image, digest }: Image): void {
  let record: ReleaseRecord | undefined;
  try {
    record = readReleaseRecord(folder, system, digest);
  } catch (error) {
    asGivenWrongly(error);
  }
  if (!record)
    throw new UsageError(`there is no record of ${image}@${digest} in ${folder}: palier record add begins one.`);
}

interface Place {
  readonly target: Target;
  readonly image: Image;
  readonly stage: Stage;
  readonly key: string | undefined;
  readonly fact: { readonly at: string; readonly run?: string };
}

/** Writes what was found into the record. What failed takes the word of a time before away. Resolves to the record's file. */
export function writeFound({ target, image, stage, key, fact }: Place, found: readonly Found[]): Promise<string> {
  const { folder, system, flags } = target;
  const result = found.every((one) => one.result === "passed") ? "passed" : "failed";
  const change = (record: ReleaseRecord): ReleaseRecord => {
    const { [stage]: _, ...others } = record.verified;
    const now = { ...fact, ...(flags && Object.keys(flags).length > 0 ? { flags } : {}) };
    const verified = result === "passed" ? { ...others, [stage]: now } : others;
    return { ...record, verified, checks: { ...record.checks, [stage]: { ...fact, result, found: [...found] } } };
  };
  return changeRecord({ folder, system, ...image, key }, change).catch(asGivenWrongly);
}
