import * as pulumi from "@pulumi/pulumi";
import { SecretRecords } from "../../core/records/secretRecords.ts";
import { readShape } from "../../core/records/shapeRecord.ts";
import type { Shapes } from "../../core/rules/parity/shape.ts";
import type { Stage } from "../../core/stage.ts";
import { configuredImages } from "./plannedRelease.ts";
import { stageOfStack } from "./stackStage.ts";
import { parseUrn } from "./urn.ts";

/** A stack whose name stands for no environment is held to the strictest. */
const strictest: Stage = "production";

/** What is the same for all resources of a stack. */
export interface Surroundings {
  readonly stage: Stage;
  /** The review environment's own name: `pr-12`. */
  readonly review?: string;
  readonly images: Readonly<Record<string, string>>;
  readonly context?: string;
  readonly secretRecords?: SecretRecords;
  readonly shapes: Shapes;
}

/** Reads them from the name of any resource, and the stack's configuration. */
export function surroundingsOf(urn: string): Surroundings {
  const { stack, project } = parseUrn(urn);
  const stage = stageOfStack(stack) ?? strictest;
  const review = stage === "review" ? stack.toLowerCase() : undefined;
  const config = new pulumi.Config("palier");
  const folder = config.get("records");
  const secretRecords = folder ? new SecretRecords(folder, project, review ?? stage) : undefined;
  const images = configuredImages(project);
  return {
    stage,
    review,
    images,
    context: config.get("context"),
    secretRecords,
    shapes: shapesOf(stage, project, folder),
  };
}

/** What a release went through before. */
const stageBefore: Partial<Record<Stage, Stage>> = { staging: "dev", production: "staging" };

function shapesOf(stage: Stage, project: string, folder: string | undefined): Shapes {
  const record = (environment: Stage) => (folder ? readShape(folder, project, environment) : undefined);
  const environment = stageBefore[stage];
  if (stage === "review") return {};
  return { live: record(stage), before: environment && { environment, record: record(environment) } };
}
