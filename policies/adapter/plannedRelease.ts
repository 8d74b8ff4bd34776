import * as pulumi from "@pulumi/pulumi";
import { lastInProduction, readReleaseRecord, UnusableRecord } from "../../core/records/recordFolder.ts";
import type { Release, ReleasedImage } from "../../core/rules/release/release.ts";
import type { Stage } from "../../core/stage.ts";

/** The images that the stack's configuration names, by their keys under `<project>:images`. */
export function configuredImages(system: string): Readonly<Record<string, string>> {
  return texts(structure(system, "images"));
}

/** What is about to be released, by the stack's configuration and the folder of records that it names. */
export function plannedRelease(system: string, stage: Stage, now: Date): Release {
  const records = new pulumi.Config("palier").get("records");
  const last = records ? lastInProduction(records, system) : new Map<string, string>();
  const images = Object.entries(configuredImages(system)).map(([name, reference]) => ({
    name,
    reference,
    ...onRecord(records, system, reference, last),
  }));
  const flags = Object.entries(structure(system, "featureFlags")).map(([name, on]) => [name, on === true] as const);
  return { system, stage, now, records, images, flags: Object.fromEntries(flags), pipeline: pipeline(process.env) };
}

function onRecord(
  records: string | undefined,
  system: string,
  reference: string,
  last: ReadonlyMap<string, string>,
): Pick<ReleasedImage, "record" | "problem" | "rollback"> {
  const digest = /@(sha256:[0-9a-f]{64})$/.exec(reference)?.[1];
  if (!digest) return { problem: "the reference has no digest", rollback: false };
  if (!records) return { rollback: false };
  try {
    const record = readReleaseRecord(records, system, digest);
    const was = record?.released.some(({ environment }) => environment === "production") ?? false;
    return { record, rollback: was && last.get(record?.image ?? "") !== digest };
  } catch (error) {
    if (error instanceof UnusableRecord) return { problem: error.message, rollback: false };
    const { code = "unknown error" } = error as NodeJS.ErrnoException;
    return { problem: `it can't be read (${code})`, rollback: false };
  }
}

/** The CI system we run in, as far as its marks can be believed. */
function pipeline(environment: NodeJS.ProcessEnv): string | undefined {
  const marks = { GITHUB_ACTIONS: "GitHub Actions", GITLAB_CI: "GitLab CI", CI: "CI" };
  return Object.entries(marks).find(([mark]) => /^(1|true)$/i.test(environment[mark] ?? ""))?.[1];
}

function structure(system: string, key: string): Record<string, unknown> {
  const text = new pulumi.Config(system).get(key);
  try {
    const value: unknown = JSON.parse(text ?? "{}");
    return typeof value === "object" && value !== null ? { ...value } : {};
  } catch {
    return {};
  }
}

function texts(values: Record<string, unknown>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(values).filter((entry): entry is [string, string] => typeof entry[1] === "string"),
  );
}
