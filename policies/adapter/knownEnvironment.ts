import type { ResourceValidationPolicy } from "@pulumi/policy";
import { UnknownStageError } from "../../core/stage.ts";
import { guardedOnStack } from "./guarded.ts";
import { aliasProblems, stageOfStack } from "./stackStage.ts";
import { parseUrn } from "./urn.ts";

const name = "known-environment";

export const knownEnvironment: ResourceValidationPolicy = {
  name,
  description: "The stack's name says which environment it is, and so which rules hold.",
  severity: "medium",
  enforcementLevel: "advisory",
  validateResource: guardedOnStack(name, ({ urn }, report) => {
    const { stack } = parseUrn(urn);
    for (const problem of aliasProblems()) report(`palier:stages: ${problem}. It counts for nothing.`, urn);
    if (stageOfStack(stack) !== undefined) return;
    report(`${new UnknownStageError(stack).message} All rules judge it as production.`, urn);
  }),
};
