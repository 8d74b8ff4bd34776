import * as pulumi from "@pulumi/pulumi";
import { type Stage, stageOf } from "../../core/stage.ts";
import { readAliases } from "../../core/stageAliases.ts";

/** What a stack's name means, by the names that the project has of its own too. */
export function stageOfStack(stack: string): Stage | undefined {
  return stageOf(stack, configured().aliases);
}

/** What of those names can't be. */
export function aliasProblems(): readonly string[] {
  return configured().problems;
}

const configured = () => readAliases(new pulumi.Config("palier").get("stages"));
