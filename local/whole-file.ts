import { randomUUID } from "node:crypto";
import { rename, writeFile } from "node:fs/promises";

/** Writes a file so that whoever reads it, or a run cut off in between, finds it whole: the old or the new. */
export async function writeWhole(path: string, text: string, mode = 0o644): Promise<void> {
  const partial = `${path}.${process.pid}-${randomUUID().slice(0, 8)}`;
  await writeFile(partial, text, { mode });
  await rename(partial, path);
}
