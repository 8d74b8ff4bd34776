import { noDuplicateVariables } from "../../core/rules/configuration/references.ts";
import { requiredVariables } from "../../core/rules/configuration/requiredVariables.ts";
import { noOpenCors } from "../../core/rules/cors/noOpenCors.ts";
import { noDebugInProduction } from "../../core/rules/debug/noDebugInProduction.ts";
import { noSensitiveLogs } from "../../core/rules/logs/sensitiveLogs.ts";
import type { Rule } from "../../core/rules/rule.ts";

export const configuration: readonly Rule[] = [
  noOpenCors,
  noDebugInProduction,
  noSensitiveLogs,
  noDuplicateVariables,
  requiredVariables,
];
