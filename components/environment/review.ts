import type { Stage } from "../../core/stage.ts";
import { ArgumentError } from "../argument.ts";
import { textWhere, whole } from "../check.ts";
import { only, optional } from "../shape.ts";
import type { QuotaArgs } from "./boundsArgs.ts";
import { quotaShape } from "./shape.ts";
import { structured } from "./structured.ts";

/** What `palier review up` has written into the stack file of a review. */
interface ReviewConfig {
  number?: number;
  hours?: number;
  /** When it ends, in universal time. */
  expires?: string;
  quota?: QuotaArgs;
}

const instant = textWhere((value) => !Number.isNaN(Date.parse(value)), "a time such as 2026-11-28T17:30:00.000Z");

const reviewShape = only<ReviewConfig>({
  number: optional(whole(1, 999_999_999)),
  hours: optional(whole(1, 8760)),
  expires: optional(instant),
  quota: optional(quotaShape),
});

/** Configuration `palier:review` of a review; nothing where there is none. Elsewhere it is refused: nothing else ends. */
export function reviewOf(stage: Stage): ReviewConfig {
  const found = structured<ReviewConfig>("review", reviewShape);
  if (found && stage !== "review") {
    throw new ArgumentError("palier:review", `says when a review ends, and this is ${stage}; leave it out`);
  }
  return found ?? {};
}
