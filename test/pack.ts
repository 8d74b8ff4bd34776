import { execFileSync } from "node:child_process";
import { cpSync, existsSync, rmSync, symlinkSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import { temporaryFolder } from "./temporary.ts";

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

/** `npm pack` into a folder, of a copy: it compiles anew, and whoever packs at the same time would find half of that. */
export function pack(folder: string): Tarball {
  const copy = temporaryFolder("pack");
  const made = ["node_modules", "dist", ".git"];
  cpSync(root, copy, { recursive: true, filter: (source) => !made.includes(basename(source)) });
  for (const modules of ["node_modules", "policies/node_modules"]) {
    if (existsSync(join(root, modules))) symlinkSync(join(root, modules), join(copy, modules));
  }
  const printed = execFileSync("npm", ["pack", "--json", "--silent", "--pack-destination", folder], {
    cwd: copy,
    encoding: "utf8",
    stdio: ["ignore", "pipe", "pipe"],
  });
  rmSync(copy, { recursive: true });
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
