import type { Rule } from "../../core/rules/rule.ts";
import { noPlaintextSecrets } from "../../core/rules/secrets/noPlaintextSecrets.ts";
import { noSharedSecrets } from "../../core/rules/secrets/noSharedSecrets.ts";
import { secretsIsolated } from "../../core/rules/secrets/secretsIsolated.ts";
import { forbiddenVariables, noTokenSecrets, secretsAsFiles } from "../../core/rules/secrets/secretUse.ts";

export const secrets: readonly Rule[] = [
  noPlaintextSecrets,
  secretsIsolated,
  noSharedSecrets,
  noTokenSecrets,
  secretsAsFiles,
  forbiddenVariables,
];
