import { dataResidency } from "../../core/rules/residency/dataResidency.ts";
import type { Rule } from "../../core/rules/rule.ts";
import { statelessApp } from "../../core/rules/storage/stateless.ts";
import { storageClass } from "../../core/rules/storage/storageClass.ts";

export const storage: readonly Rule[] = [statelessApp, dataResidency, storageClass];
