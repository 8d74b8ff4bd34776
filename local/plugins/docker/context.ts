import { createHash } from "node:crypto";
import { lstat, readdir, readFile, readlink } from "node:fs/promises";
import { join } from "node:path";
import { type Ignore, ignoreRules } from "./ignore.ts";

/** A digest of what a build can see: the context without what its ignore file leaves out, and the Dockerfile. */
export async function contextDigest(context: string, dockerfile: string, ignoreFile?: string): Promise<string> {
  const ignore = ignoreRules(ignoreFile ? await readFile(ignoreFile, "utf8") : "");
  const hash = createHash("sha256").update(await readFile(dockerfile));
  for (const name of await entries(context, ignore)) {
    const path = join(context, name);
    const stat = await lstat(path);
    // Owners are not part of it: a build gives every file to root.
    hash.update(`\0${name}\0${(stat.mode & 0o7777).toString(8)}\0`);
    if (stat.isSymbolicLink()) hash.update(await readlink(path));
    else if (stat.isFile()) hash.update(`${stat.size}\0`).update(await readFile(path));
  }
  return hash.digest("hex");
}

/** Paths of files and folders that a build sees, in an order that does not depend on the file system. */
async function entries(context: string, ignore: Ignore, folder = ""): Promise<string[]> {
  const found: string[] = [];
  for (const entry of await readdir(join(context, folder), { withFileTypes: true })) {
    const name = folder ? `${folder}/${entry.name}` : entry.name;
    if (!ignore.leavesOut(name)) found.push(name);
    if (entry.isDirectory() && ignore.mayTakeBelow(name)) found.push(...(await entries(context, ignore, name)));
  }
  return folder ? found : found.sort();
}
