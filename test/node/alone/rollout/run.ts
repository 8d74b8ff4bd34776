import assert from "node:assert/strict";
import { type Held, holdOpen } from "../../heldOpen.ts";
import { load, type Outcome } from "../../load.ts";
import type { RollingSystem } from "./rollingSystem.ts";
import type { Row } from "./row.ts";

/** What a row saw. */
export interface Seen {
  outcome: Outcome;
  held?: Held;
  /** Of the change: how often `up` ran, what the last one came to, and how long all of it took. */
  ups: number;
  code: number;
  output: string;
  seconds: number;
}

/** Brings about what a row changes, with what happens meanwhile, under load. */
export async function run(system: RollingSystem, row: Row, atLeast: number): Promise<Seen> {
  await system.settle(row.before ?? {});
  const underLoad = () => load(`${system.address}${row.path ?? "/"}`, () => changeOf(system, row), atLeast);
  if (!row.heldSeconds) return seen(await underLoad());
  const { held, result } = await holdOpen({ address: system.address, seconds: row.heldSeconds }, underLoad);
  return { ...seen(result), held };
}

type Changed = Pick<Seen, "ups" | "code" | "output" | "seconds">;

const seen = ({ outcome, result }: { outcome: Outcome; result: Changed }): Seen => ({ outcome, ...result });

async function changeOf(system: RollingSystem, row: Row): Promise<Changed> {
  if (!row.inPlace) return change(system, row);
  const ids = async () => (await system.pods()).map(({ uid }) => uid);
  const before = await ids();
  const changed = await change(system, row);
  await row.inPlace(system);
  assert.deepEqual(await ids(), before);
  return changed;
}

async function change(system: RollingSystem, { change, meanwhile, again }: Row): Promise<Changed> {
  const since = Date.now();
  const before = system.now;
  const generation = await system.deployment("{.metadata.generation}");
  const trouble = async () => {
    if (change !== "nothing") await system.rolling(generation);
    await meanwhile?.(system);
  };
  if (change === "nothing") {
    await trouble();
    return { ups: 0, code: 0, output: "", seconds: (Date.now() - since) / 1000 };
  }
  const wanted = { ...before, ...(change ? change(system) : { image: system.other }) };
  const troubled = meanwhile && trouble().catch((error: Error) => error); // the engine ends before it is told
  const first = await system.up(wanted);
  const problem = await troubled;
  if (problem) throw problem;
  const goOn = first.code !== 0 && again;
  if (goOn) await system.trial.good("cancel", "--yes", "--stack", system.trial.stack);
  const last = goOn ? await system.up(wanted) : first;
  const seconds = (Date.now() - since) / 1000;
  if (last.code === 0) await system.answersAs(wanted.image);
  else await system.answersAs(before.image).then(() => system.settle(before));
  await system.ended();
  return { ups: goOn ? 2 : 1, ...last, seconds };
}
