import { copyFile, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Clone } from "../clone.ts";
import type { Step } from "../steps.ts";

/** Where the file backend keeps the state of a stack. */
export function checkpointFile({ home }: Clone, system: string, stack: string): string {
  return join(home, "backend", ".pulumi", "stacks", system, `${stack}.json`);
}

/**
 * Puts the state before back where a killed engine had just begun to write the next one: the file is cut off then, and no
 * pulumi command can read it. What was made in between is taken over by the next update.
 */
export async function mendCheckpoint(step: Step, clone: Clone, system: string, stack: string): Promise<void> {
  const file = checkpointFile(clone, system, stack);
  const read = (path: string) => readFile(path, "utf8").catch(() => undefined);
  const [text, before] = [await read(file), await read(`${file}.bak`)];
  if (text === undefined || before === undefined || isWhole(text) || !isWhole(before)) return;
  step.say(`the state of ${stack} was cut off by a kill: going on from the one before`);
  await copyFile(`${file}.bak`, file);
  await writeFile(halfMadeMark(clone, system, stack), "");
}

/** A file that is there while a stack may have objects that its state does not know. */
export function halfMadeMark({ home }: Clone, system: string, stack: string): string {
  return join(home, "backend", `${system}-${stack}.half-made`);
}

function isWhole(text: string): boolean {
  try {
    return typeof JSON.parse(text) === "object";
  } catch {
    return false;
  }
}
