import { mkdirSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { releaseRecordFile } from "../../../core/records/recordFolder.ts";
import { type ReleaseRecord, releaseRecord } from "../../../core/records/releaseRecord.ts";
import { SecretRecords } from "../../../core/records/secretRecords.ts";
import { images } from "../../avnir.ts";
import { imagesOf, type SystemName } from "../../systems.ts";
import type { Deviation } from "./deviation.ts";

export const days = (ago: number) => new Date(Date.now() - ago * 86_400_000).toISOString();
export const passed = { result: "passed", at: days(2) } as const;

/** A record with which AVNIR may go to production. */
export const goodRecord: ReleaseRecord = releaseRecord.parse({
  version: 1,
  system: "avnir",
  image: images.api.split("@")[0],
  digest: images.api.split("@")[1],
  commit: "0123abc",
  author: "Ann",
  changeDocument: "docs/changes/12.md",
  rollbackPlan: "docs/rollback.md",
  gates: {
    ...Object.fromEntries(["tests", "audit", "lint", "types", "performance"].map((gate) => [gate, passed])),
    coverage: { ...passed, measured: 91 },
    scan: { ...passed, measured: 0 },
  },
  verified: { staging: { at: days(1) } },
  approvals: [{ by: "Bob", at: days(1) }],
});

/** Writes what is on record of a deviation's release and of staging's secrets. */
export function writeRecords(folder: string, { record, inStaging }: Deviation, system: SystemName = "avnir"): void {
  const { postgres: _, redis: __, ...own } = imagesOf(system);
  for (const reference of Object.values(own)) {
    const [image, digest = ""] = reference.split("@");
    const file = releaseRecordFile(folder, system, digest);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, JSON.stringify({ ...goodRecord, ...record, system, image, digest }));
  }
  if (inStaging === undefined) return;
  const staging = new SecretRecords(folder, system, "staging");
  staging.sharedBy("api-secrets-values/STRIPE_SECRET_KEY", inStaging);
  staging.write();
}

const weekdays = ["sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"];

/** The next such day and time: records carry the machine's time, and the pack's clock must not be before it. */
export function clock({ at = "monday 10:00" }: Deviation): Date {
  const [day = "", time = ""] = at.split(" ");
  const date = new Date(Date.now() + 86_400_000);
  while (weekdays[date.getUTCDay()] !== day) date.setUTCDate(date.getUTCDate() + 1);
  return new Date(`${date.toISOString().slice(0, 10)}T${time}:00Z`);
}

/** What marks a process as run by CI, or by hand. */
export function ciMarks({ pipeline }: Deviation): Record<string, string> {
  return { GITHUB_ACTIONS: "", GITLAB_CI: "", CI: pipeline ? "true" : "" };
}
