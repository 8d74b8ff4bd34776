import { servedApis } from "../../core/rules/metadata/apiVersions.ts";
import { noDefaultNamespace, noReservedNamespace, restrictedNamespace } from "../../core/rules/metadata/namespaces.ts";
import { requiredAnnotations, requiredLabels } from "../../core/rules/metadata/required.ts";
import { selectorMatches } from "../../core/rules/metadata/selectorMatches.ts";
import type { Rule } from "../../core/rules/rule.ts";

export const metadata: readonly Rule[] = [
  servedApis,
  selectorMatches,
  noDefaultNamespace,
  noReservedNamespace,
  restrictedNamespace,
  requiredLabels,
  requiredAnnotations,
];
