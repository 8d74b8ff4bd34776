import { createHash } from "node:crypto";
import { lstat, readdir, readFile, readlink } from "node:fs/promises";
import { join, matchesGlob, relative } from "node:path";

/** A digest of everything in a build context that its .dockerignore lets through, and of the Dockerfile. */
export async function contextDigest(context: string, dockerfile: string): Promise<string> {
  const ignored = await ignores(context);
  const hash = createHash("sha256").update(await readFile(dockerfile));
  for (const path of (await files(context, context)).sort()) {
    const name = relative(context, path);
    if (ignored(name)) continue;
    const { mode } = await lstat(path);
    hash.update(`\0${name}\0${(mode & 0o111) !== 0}\0`).update(await content(path));
  }
  return hash.digest("hex");
}

async function content(path: string): Promise<Buffer | string> {
  return (await lstat(path)).isSymbolicLink() ? readlink(path) : readFile(path);
}

async function files(root: string, folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  const lists = entries.map((entry) => {
    const path = join(folder, entry.name);
    // A folder that builds never take in, and that may hold tens of thousands of files.
    if (entry.isDirectory()) return relative(root, path) === "node_modules" ? [] : files(root, path);
    return [path];
  });
  return (await Promise.all(lists)).flat();
}

/** The rules of .dockerignore: the last line that matches decides. */
async function ignores(context: string): Promise<(name: string) => boolean> {
  const text = await readFile(join(context, ".dockerignore"), "utf8").catch(() => "");
  const lines = text.split("\n").map((line) => line.trim());
  const rules = lines.filter((line) => line !== "" && !line.startsWith("#"));
  return (name) =>
    rules.reduce((out, rule) => (matches(name, rule.replace(/^!/, "")) ? !rule.startsWith("!") : out), false);
}

function matches(name: string, rule: string): boolean {
  const pattern = rule.replace(/^\/|\/$/g, "");
  const parts = name.split("/");
  return parts.some((_, index) => matchesGlob(parts.slice(0, index + 1).join("/"), pattern));
}
