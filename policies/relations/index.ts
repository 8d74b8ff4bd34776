import { isolatedPods, policiesSelect } from "../../core/rules/network/policies.ts";
import type { Rule } from "../../core/rules/rule.ts";

export const relations: readonly Rule[] = [policiesSelect, isolatedPods];
