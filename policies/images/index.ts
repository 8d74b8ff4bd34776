import { imageByDigest } from "../../core/rules/images/imageByDigest.ts";
import type { Rule } from "../../core/rules/rule.ts";

export const images: readonly Rule[] = [imageByDigest];
