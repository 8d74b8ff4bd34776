import { statesOf } from "../requirements/aside.ts";
import { rows as asked } from "../requirements/rows.ts";
import { elapsed } from "../steps.ts";

/** What a stage of `npm test` came to. */
export interface Counts {
  passed: number;
  failed: number;
  /** Titles of what this machine can't run, with the reason. */
  skipped: string[];
  /** Requirements that a test which passed proves. */
  proven?: string[];
  /** Those of a test that failed: nothing proves them. */
  disproven?: string[];
  /** It ended before all was tried, so the counts say little. */
  brokenOff?: true;
}

export interface Stage extends Counts {
  name: string;
  ms: number;
}

export function together(...counts: Counts[]): Counts {
  return {
    passed: counts.reduce((sum, { passed }) => sum + passed, 0),
    failed: counts.reduce((sum, { failed }) => sum + failed, 0),
    skipped: counts.flatMap(({ skipped }) => skipped),
    proven: counts.flatMap(({ proven = [] }) => proven),
    disproven: counts.flatMap(({ disproven = [] }) => disproven),
  };
}

/**
 * The summary of all stages; its last line stands alone, for whoever reads only that.
 * @param more What else there is to say, a line each.
 */
export function summarize(stages: Stage[], ...more: string[]): string {
  const rows = stages.map(
    ({ name, passed, failed, skipped, ms }) =>
      `  ${failed > 0 ? "✗" : "✓"} ${name.padEnd(8)} ${String(passed).padStart(4)} passed  ${failed} failed  ${skipped.length} skipped  ${elapsed(ms)}`,
  );
  const skipped = stages.flatMap((stage) => stage.skipped);
  const named = skipped.length > 0 ? ["", "Skipped:", ...skipped.map((title) => `  - ${title}`)] : [];
  const total = (count: (stage: Stage) => number) => stages.reduce((sum, stage) => sum + count(stage), 0);
  const all = elapsed(total((stage) => stage.ms));
  const line = `${total((s) => s.passed)} passed, ${total((s) => s.failed)} failed, ${skipped.length} skipped`;
  return ["", `Summary (${all})`, ...rows, ...named, ...more.flatMap((one) => ["", one]), "", line].join("\n");
}

/** How many of the five systems' requirements are met, by the tests that passed here, and what is said of the others. */
export function requirements(stages: Stage[]): string {
  const disproven = new Set(stages.flatMap(({ disproven = [] }) => disproven));
  const proven = new Set(stages.flatMap(({ proven = [] }) => proven.filter((id) => !disproven.has(id))));
  const all = Object.keys(asked);
  const { met, outside, release, open } = statesOf(all, (id) => proven.has(id));
  return `Requirements: ${met} of ${all.length} met, ${outside} outside, ${release} of the release, ${open} open (docs/requirements.md)`;
}
