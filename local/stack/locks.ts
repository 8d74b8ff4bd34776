import { readdir, readFile } from "node:fs/promises";
import { hostname } from "node:os";
import { join } from "node:path";
import type { Clone } from "../clone.ts";
import { LocalError } from "../steps.ts";
import { locksFolder } from "./backend.ts";

/** What an engine writes down of itself while it works on a stack. */
interface Lock {
  pid: number;
  hostname: string;
  timestamp: string;
}

/** When the killed runs began whose locks are still there. Refuses while the holder of one of them lives. */
export async function deadLocks(clone: Clone, system: string, stack: string): Promise<Date[]> {
  const folder = locksFolder(clone, system, stack);
  const dead: Date[] = [];
  // A lock that had not got its name yet counts for the engine as well.
  for (const name of await readdir(folder).catch(() => [])) {
    const lock = parseLock(await readFile(join(folder, name), "utf8").catch(() => ""));
    if (lock && (await lives(lock))) {
      throw new LocalError(
        `Another pulumi (process ${lock.pid}) is at work on stack ${stack}.`,
        "wait until it is done, or stop it with Ctrl-C where it runs.",
      );
    }
    dead.push(new Date(lock?.timestamp ?? Date.now()));
  }
  return dead;
}

function parseLock(text: string): Lock | undefined {
  try {
    return JSON.parse(text) as Lock;
  } catch {
    return undefined;
  }
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
