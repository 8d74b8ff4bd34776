import { writeFile } from "node:fs/promises";

/** Writes a whole text to where it was asked for: a file, or standard output. */
export async function print(text: string, output: string | undefined): Promise<void> {
  if (output) await writeFile(output, text);
  else process.stdout.write(text);
}
