import { existsSync } from "node:fs";
import { readdir, readFile, rm, writeFile } from "node:fs/promises";
import { hostname } from "node:os";
import { join } from "node:path";
import type { Clone } from "../clone.ts";
import { LocalError, type Step } from "../steps.ts";
import { halfMadeMark, mendCheckpoint } from "./checkpoint.ts";
import { askPulumi, type Pulumi } from "./pulumi.ts";
import { readState } from "./stacks.ts";

interface Lock {
  pid: number;
  hostname: string;
}

/**
 * Takes away what a killed run left: its lock, and the operations that it never saw the end of. Objects that it had begun to
 * make are there, or not, and not in the state: until an update has come to its end, the next one takes over what it finds.
 */
export async function mendStack(
  step: Step,
  clone: Clone,
  system: string,
  stack: string,
  pulumi: Pulumi,
): Promise<Mended> {
  await mendCheckpoint(step, clone, system, stack);
  const locks = await readLocks(clone, system, stack);
  for (const lock of locks) {
    if (await lives(lock)) {
      throw new LocalError(
        `Another pulumi (process ${lock.pid}) is at work on stack ${stack}.`,
        "wait until it is done, or stop it with Ctrl-C where it runs.",
      );
    }
  }
  if (locks.length > 0) {
    step.say(`freeing the lock that a killed run left on ${stack}`);
    await askPulumi(pulumi, ["cancel", "--yes", "--stack", stack]);
  }
  const mark = halfMadeMark(clone, system, stack);
  const pending = (await readState(clone, system, stack))?.checkpoint?.latest?.pending_operations ?? [];
  if (pending.length > 0) {
    step.say(`${pending.length} unfinished operations of a killed run: refreshing ${stack}`);
    if (pending.some(({ type }) => type === "creating")) await writeFile(mark, "");
    await askPulumi(pulumi, ["refresh", "--yes", "--skip-preview", "--clear-pending-creates", "--stack", stack]);
  }
  const env = existsSync(mark) ? { ...pulumi.env, ...takingOver } : pulumi.env;
  return { pulumi: { ...pulumi, env }, done: () => rm(mark, { force: true }) };
}

/** The provider's own options for objects that are there already, which it takes as another's. */
const takingOver = { PULUMI_K8S_UPSERT_EXISTING_OBJECTS: "true", PULUMI_K8S_ENABLE_PATCH_FORCE: "true" };

export interface Mended {
  /** The CLI to go on with. */
  pulumi: Pulumi;
  /** To be called when an update has come to its end. */
  done(): Promise<void>;
}

async function readLocks(clone: Clone, system: string, stack: string): Promise<Lock[]> {
  const folder = join(clone.home, "backend", ".pulumi", "locks", "organization", system, stack);
  const names = await readdir(folder).catch(() => []);
  const texts = await Promise.all(
    names.filter((name) => name.endsWith(".json")).map((name) => readFile(join(folder, name), "utf8")),
  );
  return texts.map((text) => JSON.parse(text) as Lock);
}

/** Whether the process that took the lock is still there and is a pulumi: its number may be somebody else's by now. */
async function lives(lock: Lock): Promise<boolean> {
  if (lock.hostname !== hostname()) return true; // not ours to judge
  const command = await readFile(`/proc/${lock.pid}/cmdline`, "utf8").catch(() => undefined);
  if (command !== undefined) return command.split("\0")[0]?.includes("pulumi") ?? false;
  if (process.platform === "linux") return false;
  try {
    return process.kill(lock.pid, 0);
  } catch {
    return false;
  }
}
