import type { Rule } from "../../core/rules/rule.ts";
import { allowedSecrets } from "../../core/rules/secrets/allowedSecrets.ts";
import { noDefaultCredentials } from "../../core/rules/secrets/defaultCredentials.ts";
import { secretMinLength } from "../../core/rules/secrets/minLength.ts";
import { noPlaintextSecrets } from "../../core/rules/secrets/noPlaintextSecrets.ts";
import { noSharedSecrets } from "../../core/rules/secrets/noSharedSecrets.ts";
import { secretAge } from "../../core/rules/secrets/secretAge.ts";
import { secretsIsolated } from "../../core/rules/secrets/secretsIsolated.ts";
import { forbiddenVariables, noTokenSecrets, secretsAsFiles } from "../../core/rules/secrets/secretUse.ts";
import { tokenVerification } from "../../core/rules/secrets/tokenVerification.ts";

export const secrets: readonly Rule[] = [
  noPlaintextSecrets,
  secretsIsolated,
  noSharedSecrets,
  secretMinLength,
  noDefaultCredentials,
  tokenVerification,
  secretAge,
  noTokenSecrets,
  secretsAsFiles,
  allowedSecrets,
  forbiddenVariables,
];
