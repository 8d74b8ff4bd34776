import { readdir, readFile } from "node:fs/promises";
import { hostname } from "node:os";
import { join } from "node:path";
import type { Clone } from "../clone.ts";
import { LocalError, type Step } from "../steps.ts";
import { askPulumi, type Pulumi } from "./pulumi.ts";
import { type PendingOperation, readState } from "./stacks.ts";

interface Lock {
  pid: number;
  hostname: string;
}

/** Takes away what a killed run left: its lock, and the operations that it never saw the end of. */
export async function mendStack(
  step: Step,
  clone: Clone,
  system: string,
  stack: string,
  pulumi: Pulumi,
): Promise<void> {
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
  const pending = (await readState(clone, system, stack))?.checkpoint?.latest?.pending_operations ?? [];
  if (pending.length === 0) return;
  step.say(`${pending.length} unfinished operations of a killed run: looking up in the cluster what they came to`);
  const found = pending.filter(({ type }) => type === "creating").flatMap(asImport);
  const refresh = ["refresh", "--yes", "--skip-preview", "--clear-pending-creates", "--stack", stack];
  await askPulumi(pulumi, [...refresh, ...found.flatMap((one) => ["--import-pending-creates", one])]);
}

/** URN and id of an object that may have been made: the refresh takes it into the state, or sees that it is not there. */
function asImport({ resource: { urn, type, inputs } }: PendingOperation): string[] {
  const { name, namespace } = inputs?.metadata ?? {};
  if (!type.startsWith("kubernetes:") || name === undefined) return [];
  return [urn, namespace === undefined ? name : `${namespace}/${name}`];
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
