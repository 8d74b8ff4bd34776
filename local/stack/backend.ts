import { join } from "node:path";
import type { Clone } from "../clone.ts";

/**
 * The clone's file backend. Without attributes beside each file: the backend does not write those whole or not at all, and
 * none of its commands reads a stack whose attributes a kill has cut off.
 */
export function backendUrl({ home }: Clone): string {
  return `file://${join(home, "backend")}?metadata=skip`;
}

/** Where it keeps the state of a stack. */
export function checkpointFile(clone: Clone, system: string, stack: string): string {
  return join(folderOf(clone, "stacks"), system, `${stack}.json`);
}

/** Where it keeps the locks of a stack. */
export function locksFolder(clone: Clone, system: string, stack: string): string {
  return join(folderOf(clone, "locks"), "organization", system, stack);
}

/** Where it keeps what the runs of a stack came to. */
export function historyFolder(clone: Clone, system: string, stack: string): string {
  return join(folderOf(clone, "history"), system, stack);
}

function folderOf({ home }: Clone, what: string): string {
  return join(home, "backend", ".pulumi", what);
}
