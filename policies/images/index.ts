import { configuredImages } from "../../core/rules/images/configuredImages.ts";
import { imageByDigest } from "../../core/rules/images/imageByDigest.ts";
import { allowedImages, deniedImages, digestEverywhere, explicitTag } from "../../core/rules/images/imageNames.ts";
import { pullAlways, pullSecrets } from "../../core/rules/images/pulling.ts";
import type { Rule } from "../../core/rules/rule.ts";

export const images: readonly Rule[] = [
  imageByDigest,
  explicitTag,
  digestEverywhere,
  allowedImages,
  deniedImages,
  pullAlways,
  pullSecrets,
  configuredImages,
];
