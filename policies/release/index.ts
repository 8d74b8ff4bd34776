import { passedGates, scanned } from "../../core/rules/release/gates.ts";
import { approved, byPipeline, documented, promotedFlags, rollbackPlan } from "../../core/rules/release/papers.ts";
import { released } from "../../core/rules/release/recorded.ts";
import type { ReleaseRule } from "../../core/rules/release/release.ts";
import { stagingFirst } from "../../core/rules/release/stagingFirst.ts";
import { openWindow } from "../../core/rules/release/window.ts";

/** Whether what is about to go to production may go, and now. */
export const release: readonly ReleaseRule[] = [
  released,
  stagingFirst,
  passedGates,
  scanned,
  documented,
  rollbackPlan,
  approved,
  openWindow,
  byPipeline,
  promotedFlags,
];
