import { elapsed } from "../steps.ts";

/** What a stage of `npm test` came to. */
export interface Counts {
  passed: number;
  failed: number;
  /** Titles of what this machine can't run, with the reason. */
  skipped: string[];
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
  };
}

/** The summary of all stages; its last line stands alone, for whoever reads only that. */
export function summarize(stages: Stage[]): string {
  const rows = stages.map(
    ({ name, passed, failed, skipped, ms }) =>
      `  ${failed > 0 ? "✗" : "✓"} ${name.padEnd(8)} ${String(passed).padStart(4)} passed  ${failed} failed  ${skipped.length} skipped  ${elapsed(ms)}`,
  );
  const skipped = stages.flatMap((stage) => stage.skipped);
  const named = skipped.length > 0 ? ["", "Skipped:", ...skipped.map((title) => `  - ${title}`)] : [];
  const total = (count: (stage: Stage) => number) => stages.reduce((sum, stage) => sum + count(stage), 0);
  const all = elapsed(total((stage) => stage.ms));
  const line = `${total((s) => s.passed)} passed, ${total((s) => s.failed)} failed, ${skipped.length} skipped`;
  return ["", `Summary (${all})`, ...rows, ...named, "", line].join("\n");
}
