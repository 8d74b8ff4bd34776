import { noOpenCors } from "./cors/noOpenCors.ts";
import { noDebugInProduction } from "./debug/noDebugInProduction.ts";
import { imageByDigest } from "./images/imageByDigest.ts";
import type { Rule } from "./rule.ts";
import { noPlaintextSecrets } from "./secrets/noPlaintextSecrets.ts";
import { secretsIsolated } from "./secrets/secretsIsolated.ts";

export { imageByDigest, noDebugInProduction, noOpenCors, noPlaintextSecrets, secretsIsolated };

/** The rules that hold without the pack too: components refuse by them. */
export const headlineRules: readonly Rule[] = [
  noOpenCors,
  noDebugInProduction,
  noPlaintextSecrets,
  secretsIsolated,
  imageByDigest,
];
