import { chmod, mkdir, open, readFile, rename, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";

const mark = "# A stand-in of Palier's";

/**
 * A small shell script in the place where the engine looks for a plugin: it becomes the Node that runs us now, with
 * the stand-in's TypeScript. Node's compile cache halves its start, and the program's under a language host.
 */
export async function writeLauncher(file: string, standsFor: string, entry: string, cache: string): Promise<void> {
  const text = [
    "#!/bin/sh",
    `${mark} for ${standsFor}.`,
    `[ -n "$NODE_COMPILE_CACHE" ] || export NODE_COMPILE_CACHE=${quote(join(cache, "compile"))}`,
    `exec ${quote(process.execPath)} --disable-warning=ExperimentalWarning ${quote(entry)} "$@"`,
    "",
  ].join("\n");
  if ((await readFile(file, "utf8").catch(() => undefined)) === text) return;
  await mkdir(dirname(file), { recursive: true });
  const making = `${file}.${process.pid}`;
  await writeFile(making, text);
  await chmod(making, 0o755);
  await rename(making, file);
}

/** What is at this path: one of our launchers, somebody else's program, or nothing. */
export async function whatIs(file: string): Promise<"launcher" | "program" | undefined> {
  const handle = await open(file).catch(() => undefined);
  if (handle === undefined) return undefined;
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(200), 0, 200, 0);
    return buffer.subarray(0, bytesRead).includes(mark) ? "launcher" : "program";
  } finally {
    await handle.close();
  }
}

function quote(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
