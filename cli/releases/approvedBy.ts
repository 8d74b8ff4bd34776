import { readReleaseRecord, UnusableRecord } from "../../core/records/recordFolder.ts";
import { parted } from "../record/place.ts";
import type { Place } from "./place.ts";

/** Who answers for an image, as its release record says. */
export interface Approved {
  /** Undefined where nothing can be told of it. */
  readonly approvedBy?: string[];
  /** Why nothing can be told. */
  readonly unknown?: string;
}

/** The folder of the team's records; undefined where none is named. */
export function recordsOf({ config }: Pick<Place, "config">): string | undefined {
  const configured = config["palier:records"];
  return typeof configured === "string" && configured !== "" ? configured : process.env["PALIER_RECORDS"] || undefined;
}

/** Asks the record of an image by its digest. */
export function approvedBy(folder: string, system: string, reference: string): Approved {
  const image = parted(reference);
  if (!image) return { unknown: "no digest" };
  try {
    const record = readReleaseRecord(folder, system, image.digest);
    return record ? { approvedBy: record.approvals.map(({ by }) => by) } : { unknown: "no record" };
  } catch (error) {
    if (error instanceof UnusableRecord) return { unknown: "unusable record" };
    throw error;
  }
}

/** The same in a cell of a table. */
export function approvalCell({ approvedBy, unknown }: Approved): string {
  return unknown ?? (approvedBy?.join(", ") || "nobody");
}
