import { statesOf } from "../requirements/aside.ts";
import { rows as asked } from "../requirements/rows.ts";
import { elapsed } from "../steps.ts";

/** What a stage of `npm test` came to. */
export interface Counts {
  passed: number;
  /** Titles of what failed, with the first of what was said. */
  failed: string[];
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
    failed: counts.flatMap(({ failed }) => failed),
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
      `  ${failed.length > 0 ? "✗" : "✓"} ${name.padEnd(8)} ${String(passed).padStart(4)} passed  ${failed.length} failed  ${skipped.length} skipped  ${elapsed(ms)}`,
  );
  const { passed, failed, skipped } = together(...stages);
  const all = elapsed(stages.reduce((sum, { ms }) => sum + ms, 0));
  const named = [...listed("Skipped", skipped), ...listed("Failed", failed), ...more.flatMap((one) => ["", one])];
  const line = `${passed} passed, ${failed.length} failed, ${skipped.length} skipped`;
  return ["", `Summary (${all})`, ...rows, ...named, "", line].join("\n");
}

function listed(what: string, titles: string[]): string[] {
  return titles.length > 0 ? ["", `${what}:`, ...titles.map((title) => `  - ${title.replaceAll("\n", "\n    ")}`)] : [];
}

/** The title of a test that failed, and the first lines of why. */
export function failure(title: string, why: string): string {
  return `${title}\n${why.trim().split("\n").slice(0, 5).join("\n").slice(0, 1000)}`;
}

/** How many of the five systems' requirements are met, by the tests that passed here, and what is said of the others. */
export function requirements(stages: Stage[]): string {
  const disproven = new Set(stages.flatMap(({ disproven = [] }) => disproven));
  const proven = new Set(stages.flatMap(({ proven = [] }) => proven.filter((id) => !disproven.has(id))));
  const all = Object.keys(asked);
  const { met, outside, release, open } = statesOf(all, (id) => proven.has(id));
  return `Requirements: ${met} of ${all.length} met, ${outside} outside, ${release} of the release, ${open} open (docs/requirements.md)`;
}
