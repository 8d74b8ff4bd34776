import { glob, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import Mocha from "mocha";

/** A test by its title and the titles that it stands below. */
export interface Title {
  /** From the top of the repository. */
  readonly file: string;
  readonly title: string;
  readonly fullTitle: string;
}

/** The titles of all tests, those on the node among them; none is run. */
export async function allTitles(root: string): Promise<Title[]> {
  const folder = await mkdtemp(join(tmpdir(), "palier-titles-"));
  const machine = join(folder, "machine.json");
  await writeFile(machine, JSON.stringify({ home: folder, env: {}, images: {} }));
  process.env["PALIER_TEST_MACHINE"] = machine;
  try {
    return await titlesIn(root);
  } finally {
    await rm(folder, { recursive: true });
  }
}

async function titlesIn(root: string): Promise<Title[]> {
  const mocha = new Mocha({ dryRun: true, reporter: "base" });
  const files: string[] = [];
  for await (const file of glob("test/**/*.test.ts", { cwd: root })) files.push(file);
  for (const file of files.sort()) mocha.addFile(join(root, file));
  await mocha.loadFilesAsync();
  const titles: Title[] = [];
  const note = (test: Mocha.Test) =>
    titles.push({ file: relative(root, test.file!), title: test.title, fullTitle: test.fullTitle() });
  await new Promise<number>((done) => mocha.run(done).on("pass", note).on("pending", note));
  return titles;
}
