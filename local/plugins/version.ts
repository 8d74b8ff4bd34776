import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

/** The version of an installed npm package, found as a program of this clone would find it. */
export function packageVersion(name: string): string {
  const paths = createRequire(import.meta.url).resolve.paths(name) ?? [];
  for (const folder of paths) {
    try {
      return JSON.parse(readFileSync(join(folder, name, "package.json"), "utf8")).version;
    } catch {
      // not in this node_modules, or not readable: the next one up
    }
  }
  throw new Error(`${name} is not installed: run npm install in ${dirname(dirname(import.meta.dirname))}`);
}
