import type { ReleaseRecord } from "../../records/releaseRecord.ts";
import type { Stage } from "../../stage.ts";
import type { Rule } from "../rule.ts";

/** What is about to run somewhere: the images that the configuration names, with what is on record of each. */
export interface Release {
  readonly system: string;
  readonly stage: Stage;
  readonly now: Date;
  /** The folder of records; undefined where none is configured. */
  readonly records?: string;
  readonly images: readonly ReleasedImage[];
  /** The feature flags of this environment. */
  readonly flags: Readonly<Record<string, boolean>>;
  /** The CI system that runs it, by its own marks; anybody could set them. */
  readonly pipeline?: string;
}

export interface ReleasedImage {
  /** Its key under `<project>:images`. */
  readonly name: string;
  readonly reference: string;
  readonly record?: ReleaseRecord;
  /** Why what is on record can't be used. */
  readonly problem?: string;
  /** What it was to production, if it was there: what went there last, or what another one came after. */
  readonly inProduction?: "last" | "replaced";
}

/** A rule about a release as a whole: judged before anything is made, shown at preview and enforced at `up`. */
export type ReleaseRule = Rule<Release>;

/** The images that this system makes itself, with their records. */
export function ownRecords({ images }: Release): { image: ReleasedImage; record: ReleaseRecord }[] {
  return images.flatMap((image) => (image.record && !image.record.thirdParty ? [{ image, record: image.record }] : []));
}

/** Whole days between a moment and now. */
export function daysSince(at: string, now: Date): number {
  return (now.getTime() - Date.parse(at)) / 86_400_000;
}
