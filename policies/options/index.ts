import { clusterOfEnvironment } from "../../core/rules/options/clusterOfEnvironment.ts";
import { keptFields } from "../../core/rules/options/keptFields.ts";
import { protectedData } from "../../core/rules/options/protectedData.ts";
import type { Rule } from "../../core/rules/rule.ts";

export const options: readonly Rule[] = [clusterOfEnvironment, keptFields, protectedData];
