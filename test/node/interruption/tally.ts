import { appendFileSync, existsSync, readFileSync, rmSync } from "node:fs";
import { record } from "../../proof.ts";
import type { Trial } from "./trials.ts";

/** What a trial came to. */
export interface Outcome {
  duplicates: number;
  orphans: number;
  changedSecrets: number;
  /** Until everything was as it should be again. */
  seconds: number;
  /** Whether the command still ran at its moment. */
  interrupted: boolean;
}

interface Noted extends Outcome {
  row: string;
}

/** Outcomes by command and signal; those of a proof that was cut off count on, as long as its rows are kept. */
export class Tally {
  readonly #rows = process.env["PALIER_PROOF_ROWS"];
  readonly #noted: Noted[] = this.#rows ? readNoted(this.#rows) : [];

  note({ command, from, signal, target }: Trial, outcome: Outcome): void {
    const row = `${command} on ${from}, ${signal === "SIGINT" ? "Ctrl-C" : `kill -9 of ${target}`}`;
    const noted = { row, ...outcome };
    this.#noted.push(noted);
    if (this.#rows) appendFileSync(`${this.#rows}.trials`, `${JSON.stringify(noted)}\n`);
    const same = this.#noted.filter((one) => one.row === row);
    const sum = (count: (one: Outcome) => number) => same.reduce((total, one) => total + count(one), 0);
    record("Interrupted, and gone on", {
      interrupted: row,
      moments: same.length,
      "over before": sum((one) => (one.interrupted ? 0 : 1)),
      duplicates: sum((one) => one.duplicates),
      orphans: sum((one) => one.orphans),
      "changed secrets": sum((one) => one.changedSecrets),
      "median seconds to recover": median(same.map((one) => one.seconds)).toFixed(1),
    });
  }
}

function readNoted(rows: string): Noted[] {
  if (!existsSync(rows)) rmSync(`${rows}.trials`, { force: true });
  if (!existsSync(`${rows}.trials`)) return [];
  const lines = readFileSync(`${rows}.trials`, "utf8").split("\n").filter(Boolean);
  return lines.map((line) => JSON.parse(line) as Noted);
}

function median(values: number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)]!;
}
