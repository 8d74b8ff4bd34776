import { copyFile, readdir, readFile, rm } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import type { Clone } from "../clone.ts";
import type { Step } from "../steps.ts";
import { checkpointFile } from "./backend.ts";

/**
 * Puts the state before back where the machine went down before the disk had the last one, and removes copies that a killed
 * engine had not given their name yet. What was made in between is found by `mendStack`.
 */
export async function mendCheckpoint(step: Step, clone: Clone, system: string, stack: string): Promise<void> {
  const file = checkpointFile(clone, system, stack);
  for (const name of await readdir(dirname(file)).catch(() => [])) {
    if (name.startsWith(`${basename(file)}.`) && name.endsWith(".tmp")) await rm(join(dirname(file), name));
  }
  const read = (path: string) => readFile(path, "utf8").catch(() => undefined);
  const [text, before] = [await read(file), await read(`${file}.bak`)];
  if (text === undefined || before === undefined || isWhole(text) || !isWhole(before)) return;
  step.say(`the state of ${stack} was cut off: going on from the one before`);
  await copyFile(`${file}.bak`, file);
}

function isWhole(text: string): boolean {
  try {
    return typeof JSON.parse(text) === "object";
  } catch {
    return false;
  }
}
