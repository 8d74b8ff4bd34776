import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { LocalError } from "./steps.ts";

const modules = ["engine", "cluster"].map((name) => join(import.meta.dirname, name));

/** The oldest Go with which everything here builds: what the modules ask for. */
export const oldestGo = modules.map(askedBy).sort(byVersion).at(-1)!;

function askedBy(dir: string): string {
  return /^go (\S+)$/m.exec(readFileSync(join(dir, "go.mod"), "utf8"))![1]!;
}

/** The Go that builds this module, if any: an older one may fetch the one that the module asks for by itself. */
export async function goVersion(dir: string): Promise<string | undefined> {
  const run = await promisify(execFile)("go", ["env", "GOVERSION"], { cwd: dir }).catch(() => undefined);
  return run?.stdout.trim().replace(/^go/, "");
}

/** Refuses a module that asks for a newer Go than there is. */
export async function checkGo(dir: string, found?: string): Promise<void> {
  found ??= await goVersion(dir);
  if (found && byVersion(found, askedBy(dir)) >= 0) return;
  throw new LocalError(
    `${found ? `Go ${found} is too old` : "Go is not on the PATH"}: ${oldestGo} or newer is needed.`,
    "install it from https://go.dev/dl/ and put its bin folder on the PATH, then run this again.",
  );
}

function byVersion(one: string, other: string): number {
  return one.localeCompare(other, "en", { numeric: true });
}
