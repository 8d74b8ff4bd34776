import { globSync, readFileSync, statSync } from "node:fs";
import { dirname, join } from "node:path";

/** Where a program makes the component, or the resource, that a finding is about; undefined where it can't be seen. */
export function placeInProgram(program: string, text: string, urn: string): { file: string; line: number } | undefined {
  const component = /^\w+ "([^"]+)": /.exec(text)?.[1];
  for (const name of [...(component ? [component] : []), ...namesFrom(urn)]) {
    const made = new RegExp(`new\\s+[\\w.]+\\(\\s*(["'\`])${name.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")}\\1`);
    for (const file of sources(program)) {
      const source = readFileSync(file, "utf8");
      const found = made.exec(source);
      if (found) return { file, line: source.slice(0, found.index).split("\n").length };
    }
  }
  return undefined;
}

/** The name of a resource, and those of the components that it may be a part of: `api-flags`, `api`. */
function namesFrom(urn: string): string[] {
  const words = urn.split("::").slice(3).join("::").split("-");
  return words.map((_, index) => words.slice(0, words.length - index).join("-")).filter((name) => name !== "");
}

function sources(program: string): string[] {
  const folder = statSync(program).isDirectory() ? program : dirname(program);
  const exclude = (name: string) => /(^|\/)(node_modules|dist|bin)$/.test(name);
  return globSync("**/*.{ts,mts,cts,js,mjs,cjs}", { cwd: folder, exclude }).map((name) => join(folder, name));
}
