import { noDuplicateVariables } from "../../core/rules/configuration/references.ts";
import { noOpenCors } from "../../core/rules/cors/noOpenCors.ts";
import { noDebugInProduction } from "../../core/rules/debug/noDebugInProduction.ts";
import type { Rule } from "../../core/rules/rule.ts";

export const configuration: readonly Rule[] = [noOpenCors, noDebugInProduction, noDuplicateVariables];
