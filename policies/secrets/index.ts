import type { Rule } from "../../core/rules/rule.ts";
import { noPlaintextSecrets } from "../../core/rules/secrets/noPlaintextSecrets.ts";
import { secretsIsolated } from "../../core/rules/secrets/secretsIsolated.ts";

export const secrets: readonly Rule[] = [noPlaintextSecrets, secretsIsolated];
