import { execFileSync } from "node:child_process";
import { join, resolve } from "node:path";

/** The package as npm packs it. */
export interface Tarball {
  path: string;
  /** The files in it. */
  files: string[];
  /** KB of the tarball, and of its files. */
  packed: number;
  unpacked: number;
}

/** By which npm takes what it has rather than asks again, and asks more than once: a registry's bad minute is none of ours. */
export const patientNpm = { npm_config_prefer_offline: "true", npm_config_fetch_retries: "5" };

const root = resolve(import.meta.dirname, "..");

/** `npm pack` into a folder. */
export function pack(folder: string): Tarball {
  const printed = execFileSync("npm", ["pack", "--json", "--silent", "--pack-destination", folder], {
    cwd: root,
    encoding: "utf8",
    stdio: ["ignore", "pipe", "pipe"],
  });
  const [packed] = JSON.parse(printed.slice(printed.indexOf("["))) as Packed[];
  const { filename, files, size, unpackedSize } = packed!;
  return {
    path: join(folder, filename),
    files: files.map(({ path }) => path),
    packed: Math.ceil(size / 1000),
    unpacked: Math.ceil(unpackedSize / 1000),
  };
}

/** What npm says of it, in bytes. */
interface Packed {
  filename: string;
  files: { path: string }[];
  size: number;
  unpackedSize: number;
}
