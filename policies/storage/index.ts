import type { Rule } from "../../core/rules/rule.ts";
import { storageClass } from "../../core/rules/storage/storageClass.ts";

export const storage: readonly Rule[] = [storageClass];
