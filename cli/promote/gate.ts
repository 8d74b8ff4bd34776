import { readReleaseRecord, UnusableRecord } from "../../core/records/recordFolder.ts";
import { faultsOf } from "../../core/records/soundRecord.ts";
import { pipelineIn, plannedImages } from "../../core/rules/release/planned.ts";
import type { Stage } from "../../core/stage.ts";
import { type CheckedRelease, checkRelease } from "../../policies/offline/checkRelease.ts";
import { parted } from "../record/place.ts";
import { flagsIn, type StackFile } from "../stack/stackFile.ts";

/** Days for which the word of the environment before holds; `staging-before-production` may ask for fewer. */
const maxAgeDays = 30;

export interface Move {
  readonly from: { readonly stack: string; readonly stage: Stage };
  readonly to: { readonly stack: string; readonly stage: Stage; readonly file: StackFile };
  /** What moves, by its key under `<project>:images`. */
  readonly images: Readonly<Record<string, string>>;
  readonly records: string;
  readonly now: Date;
}

/** What the environment that it comes from does not say for it, each in a sentence. */
export function unverified({ from, to, images, records, now }: Move): string[] {
  return Object.entries(images).flatMap(([name, reference]) => {
    const told = (fault: string) => `${name}: ${reference} can't be moved from ${from.stack}: ${fault}.`;
    const image = parted(reference);
    if (!image) return [told("it has no digest; what may change under its name is not what was verified")];
    try {
      const record = readReleaseRecord(records, to.file.system, image.digest);
      if (!record) return [told(`there is no record of it in ${records}: palier record add begins one`)];
      return faultsOf(record, { ...image, environment: from.stage, maxAgeDays, now }).map(told);
    } catch (error) {
      if (error instanceof UnusableRecord) return [told(error.message)];
      throw error;
    }
  });
}

/** What the rules of the environment that it goes to say, as the pack says it at `up`. */
export function gate(
  { to, images, records, now }: Move,
  configured: Readonly<Record<string, string>>,
  rules: object,
): CheckedRelease {
  const release = {
    system: to.file.system,
    stage: to.stage,
    now,
    records,
    images: plannedImages(to.file.system, { ...configured, ...images }, records),
    flags: flagsIn(to.file),
    pipeline: pipelineIn(process.env),
  };
  return checkRelease(release, to.stack, rules);
}
