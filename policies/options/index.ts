import { clusterOfEnvironment } from "../../core/rules/options/clusterOfEnvironment.ts";
import { keptFields } from "../../core/rules/options/keptFields.ts";
import { profileFloors } from "../../core/rules/options/profileFloors.ts";
import { protectedData } from "../../core/rules/options/protectedData.ts";
import type { Rule } from "../../core/rules/rule.ts";

export const options: readonly Rule[] = [clusterOfEnvironment, keptFields, profileFloors, protectedData];
