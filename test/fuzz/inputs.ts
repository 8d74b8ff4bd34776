import { componentInput } from "./componentInput.ts";
import type { ComponentName } from "./grammar.ts";
import { Random } from "./random.ts";
import { stackInput } from "./stackInput.ts";
import type { Made, Trial } from "./trial.ts";

/** One stack file, or one component's arguments. */
export interface Input extends Trial {
  what: Subject;
  /** It is the same input in every run. */
  number: number;
  made: Made;
}

export type Subject = "stack file" | ComponentName;

/** How many inputs of each: what has more arguments gets more. */
export const whole: Readonly<Record<Subject, number>> = {
  "stack file": 1000,
  App: 2600,
  Worker: 1400,
  CronTask: 1700,
  Migration: 350,
  Monitoring: 400,
  Backup: 1600,
  Postgres: 2400,
  Redis: 500,
  Mongo: 700,
  ObjectStore: 900,
  Identity: 1000,
  Image: 400,
  Secrets: 500,
  Environment: 550,
};

export const subjects = Object.keys(whole) as Subject[];

const seed = 20261122;
const mades: readonly Made[] = ["within", "beyond", "within", "broken"];

export function inputOf(what: Subject, number: number): Input {
  // Turns of the golden ratio leave no part of what there is out for long.
  const turn = (Math.floor(number / mades.length) * 0.6180339887498949) % 1;
  const random = new Random(seed + subjects.indexOf(what) * 1_000_003 + number * 7919, turn);
  const made = mades[number % mades.length]!;
  const trial = what === "stack file" ? stackInput(random, made) : componentInput(random, made, what);
  return { what, number, made, ...trial };
}
