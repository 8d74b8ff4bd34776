import { existsSync } from "node:fs";
import { type Stage, stageOf } from "../core/stage.ts";
import { ownStages } from "../render/project.ts";
import { asUsageError } from "./renderFor.ts";

/**
 * What an environment's name means, by the names that the project has of its own too.
 *
 * @param project Folder of its `Pulumi.yaml`; the working directory, where it has one, by default.
 */
export function meaningOf(name: string, project?: string): Stage | undefined {
  const stage = stageOf(name);
  if (stage !== undefined || (project === undefined && !existsSync("Pulumi.yaml"))) return stage;
  try {
    return stageOf(name, ownStages(project ?? ".", name));
  } catch (error) {
    throw asUsageError(error);
  }
}
