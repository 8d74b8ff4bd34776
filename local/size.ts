import { execFile } from "node:child_process";
import { access, lstat, readdir, statfs } from "node:fs/promises";
import { promisify } from "node:util";

/** Bytes on disk, or -1 for what is not there. */
export async function sizeOf(path: string): Promise<number> {
  const there = await access(path).then(
    () => true,
    () => false,
  );
  if (!there) return -1;
  if ((await lstat(path)).isFile() || (await readdir(path)).length === 0) return (await lstat(path)).size;
  const { stdout } = await promisify(execFile)("du", ["-skx", path]).catch((error) => ({
    stdout: String(error.stdout ?? "0"),
  }));
  return Number.parseInt(stdout, 10) * 1024;
}

/** Bytes that are free where a folder lies. */
export async function freeBytes(folder: string): Promise<number> {
  const { bavail, bsize } = await statfs(folder);
  return bavail * bsize;
}

export function describeSize(bytes: number): string {
  if (bytes < 1e6) return `${Math.ceil(bytes / 1e3)} kB`;
  return bytes < 1e9 ? `${Math.round(bytes / 1e6)} MB` : `${(bytes / 1e9).toFixed(1)} GB`;
}
