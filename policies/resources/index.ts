import { resourceBounds } from "../../core/rules/resources/bounds.ts";
import { emptyDirSize } from "../../core/rules/resources/emptyDirSize.ts";
import { ephemeralStorage } from "../../core/rules/resources/ephemeralStorage.ts";
import { noCpuLimits } from "../../core/rules/resources/noCpuLimits.ts";
import { limitRatio, notBestEffort } from "../../core/rules/resources/quality.ts";
import { cpuLimits, cpuRequests, memoryLimits, memoryRequests } from "../../core/rules/resources/requests.ts";
import type { Rule } from "../../core/rules/rule.ts";

export const resources: readonly Rule[] = [
  cpuRequests,
  memoryLimits,
  memoryRequests,
  cpuLimits,
  noCpuLimits,
  emptyDirSize,
  limitRatio,
  notBestEffort,
  resourceBounds,
  ephemeralStorage,
];
