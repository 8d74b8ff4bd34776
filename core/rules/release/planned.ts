import { lastInProduction, readReleaseRecord, UnusableRecord } from "../../records/recordFolder.ts";
import type { ReleasedImage } from "./release.ts";

/** The images that a configuration names, by their keys, with what the folder of records says of each. */
export function plannedImages(
  system: string,
  references: Readonly<Record<string, string>>,
  records: string | undefined,
): ReleasedImage[] {
  const last = records ? lastInProduction(records, system) : new Map<string, string>();
  return Object.entries(references).map(([name, reference]) => ({
    name,
    reference,
    ...onRecord(records, system, reference, last),
  }));
}

function onRecord(
  records: string | undefined,
  system: string,
  reference: string,
  last: ReadonlyMap<string, string>,
): Pick<ReleasedImage, "record" | "problem" | "inProduction"> {
  const digest = /@(sha256:[0-9a-f]{64})$/.exec(reference)?.[1];
  if (!digest) return { problem: "the reference has no digest" };
  if (!records) return {};
  try {
    const record = readReleaseRecord(records, system, digest);
    const was = record?.released.some(({ environment }) => environment === "production") ?? false;
    if (!was) return { record };
    return { record, inProduction: last.get(record?.image ?? "") === digest ? "last" : "replaced" };
  } catch (error) {
    if (error instanceof UnusableRecord) return { problem: error.message };
    const { code = "unknown error" } = error as NodeJS.ErrnoException;
    return { problem: `it can't be read (${code})` };
  }
}

/** The CI system that we run in, as far as its marks can be believed. */
export function pipelineIn(environment: Readonly<Record<string, string | undefined>>): string | undefined {
  const marks = { GITHUB_ACTIONS: "GitHub Actions", GITLAB_CI: "GitLab CI", CI: "CI" };
  return Object.entries(marks).find(([mark]) => /^(1|true)$/i.test(environment[mark] ?? ""))?.[1];
}
