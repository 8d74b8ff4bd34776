import * as pulumi from "@pulumi/pulumi";
import { pipelineIn, plannedImages } from "../../core/rules/release/planned.ts";
import type { Release } from "../../core/rules/release/release.ts";
import type { Stage } from "../../core/stage.ts";

/** The images that the stack's configuration names, by their keys under `<project>:images`. */
export function configuredImages(system: string): Readonly<Record<string, string>> {
  return texts(structure(system, "images"));
}

/** What is about to be released, by the stack's configuration and the folder of records that it names. */
export function plannedRelease(system: string, stage: Stage, now: Date): Release {
  const records = new pulumi.Config("palier").get("records");
  const images = plannedImages(system, configuredImages(system), records);
  const flags = Object.entries(structure(system, "featureFlags")).map(([name, on]) => [name, on === true] as const);
  return { system, stage, now, records, images, flags: Object.fromEntries(flags), pipeline: pipelineIn(process.env) };
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
