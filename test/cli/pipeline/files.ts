import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { pipelineFiles } from "../../../cli/pipeline/pipeline.ts";
import { pipelineSpec } from "../../../cli/pipeline/spec.ts";
import type { SystemName } from "../../systems.ts";

const root = join(import.meta.dirname, "../../..");

export interface WorkflowStep {
  name?: string;
  uses?: string;
  with?: Record<string, unknown>;
  run?: string;
  if?: string;
  env?: Record<string, string>;
  "working-directory"?: string;
}
export interface WorkflowJob {
  if: string;
  needs?: string[];
  "timeout-minutes": number;
  environment?: string;
  concurrency?: { group: string; "cancel-in-progress": boolean };
  permissions?: Record<string, string>;
  services?: { postgres: { image: string; ports: string[]; options: string; env: Record<string, string> } };
  env?: Record<string, string>;
  steps: WorkflowStep[];
}
export interface Workflow {
  name: string;
  on: Record<string, { branches?: string[]; tags?: string[]; inputs?: object } & { cron: string }[]>;
  permissions: Record<string, string>;
  env: Record<string, string>;
  jobs: Record<string, WorkflowJob>;
}

/** What stands in a system's folder, by name. */
export function committed(system: SystemName): Record<string, string> {
  const folder = join(root, "stacks", system, "pipeline");
  return Object.fromEntries(readdirSync(folder).map((name) => [name, readFileSync(join(folder, name), "utf8")]));
}

/** What the generator makes of its pipeline.yaml. */
export function made(system: SystemName): Record<string, string> {
  const spec = parse(readFileSync(join(root, "stacks", system, "pipeline.yaml"), "utf8"));
  return pipelineFiles(system, pipelineSpec.parse(spec));
}

export const workflowOf = (system: SystemName, file = "deploy.yml"): Workflow => parse(committed(system)[file]!);

/** All shell of a job, in its order. */
export const shellOf = (job: WorkflowJob): string => job.steps.map(({ run = "" }) => run).join("\n");

/** Whether these stand in this order. */
export function inOrder(text: string, ...parts: readonly string[]): boolean {
  let at = -1;
  return parts.every((part) => {
    at = text.indexOf(part, at + 1);
    return at >= 0;
  });
}
