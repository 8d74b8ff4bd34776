import { readdir, readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import type { Clone } from "../clone.ts";
import type { Ground } from "../ground.ts";
import type { Step } from "../steps.ts";
import { historyFolder, locksFolder } from "./backend.ts";
import { mendCheckpoint } from "./checkpoint.ts";
import { removeHalfMade } from "./half-made.ts";
import { deadLocks } from "./locks.ts";
import { placeOf } from "./place.ts";
import { askPulumi } from "./pulumi.ts";
import { readState } from "./stacks.ts";

/**
 * Brings a stack's state and its cluster together again after a run that was cut off: its lock, what it had made and not
 * written down, and the operations that it never saw the end of. Whether there was anything to mend.
 */
export async function mendStack(step: Step, ground: Ground, stack: string): Promise<boolean> {
  const { clone, project, pulumi } = ground;
  const system = project.system.name;
  await mendCheckpoint(step, clone, system, stack);
  const locks = await deadLocks(clone, system, stack);
  const { pending_operations: pending = [], resources: known = [] } =
    (await readState(clone, system, stack))?.checkpoint?.latest ?? {};
  const last = await lastRun(clone, system, stack);
  const cutOff = locks.length > 0 || pending.length > 0;
  if (!cutOff && last?.result !== "failed") return false;
  const unfinished = pending.map(({ resource }) => resource);
  const since = await beginOf(clone, system, stack, locks, last);
  const until = cutOff || !last ? undefined : new Date((last.endTime + 1) * 1000);
  const { target, namespace } = await placeOf(ground, stack);
  const stated = { known, unfinished, namespace };
  const removed = await removeHalfMade(step, target, stated, { since, until });
  if (locks.length > 0) {
    step.say(`freeing the lock that a killed run left on ${stack}`);
    await askPulumi(pulumi, ["cancel", "--yes", "--stack", stack]);
  }
  if (pending.length > 0) {
    step.say(`${pending.length} unfinished operations of a killed run: refreshing ${stack}`);
    await askPulumi(pulumi, ["refresh", "--yes", "--skip-preview", "--clear-pending-creates", "--stack", stack]);
  }
  return cutOff || removed > 0;
}

/** What the engine noted of a run when it ended, in seconds since 1970; of one that was killed it notes nothing. */
interface Run {
  result: string;
  startTime: number;
  endTime: number;
}

async function lastRun(clone: Clone, system: string, stack: string): Promise<Run | undefined> {
  const folder = historyFolder(clone, system, stack);
  const names = (await readdir(folder).catch(() => [])).filter((name) => name.endsWith(".history.json"));
  const last = names.sort().at(-1);
  return last === undefined ? undefined : (JSON.parse(await readFile(join(folder, last), "utf8")) as Run);
}

/** The earliest moment at which the run can have begun that did not end well. */
async function beginOf(clone: Clone, system: string, stack: string, locks: Date[], last?: Run): Promise<Date> {
  const oldest = locks.sort((a, b) => Number(a) - Number(b))[0];
  const made = (await stat(locksFolder(clone, system, stack)).catch(() => undefined))?.birthtime;
  const noted = last && new Date((last.result === "failed" ? last.startTime : last.endTime) * 1000);
  const begin = oldest ?? noted ?? made ?? new Date();
  return new Date(Math.floor(begin.getTime() / 1000) * 1000); // the API server counts in whole seconds
}
