import { existsSync } from "node:fs";
import { join } from "node:path";
import type { RuntimeOptions } from "./options.ts";

// In the order in which the official host looks.
const lockFiles = [
  ["yarn.lock", "yarn"],
  ["pnpm-lock.yaml", "pnpm"],
  ["bun.lock", "bun"],
  ["bun.lockb", "bun"],
] as const;

/** The one that the project names, else the one whose lock file it holds. */
export function packageManagerOf({ packageManager }: RuntimeOptions, directory: string): string {
  if (packageManager !== undefined && packageManager !== "auto") return packageManager;
  return lockFiles.find(([file]) => existsSync(join(directory, file)))?.[1] ?? "npm";
}

/** Its command that installs a project's dependencies. Bun leaves nothing out, as in the official host. */
export function installCommand(manager: string, production: boolean): string[] {
  return ["install", ...(production && manager !== "bun" ? ["--production"] : [])];
}
