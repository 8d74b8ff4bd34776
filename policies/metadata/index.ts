import { servedApis } from "../../core/rules/metadata/apiVersions.ts";
import { noDefaultNamespace, restrictedNamespace } from "../../core/rules/metadata/namespaces.ts";
import { requiredAnnotations, requiredLabels } from "../../core/rules/metadata/required.ts";
import type { Rule } from "../../core/rules/rule.ts";

export const metadata: readonly Rule[] = [
  servedApis,
  noDefaultNamespace,
  restrictedNamespace,
  requiredLabels,
  requiredAnnotations,
];
