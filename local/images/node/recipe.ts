import { execFile } from "node:child_process";
import { mkdir, readdir } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { addUser, type Recipe } from "../recipe.ts";
import type { Rootfs } from "../rootfs.ts";

const run = promisify(execFile);
const npm = "npm@11.6.2";
const modules = "/usr/local/lib/node_modules";

export const node: Recipe = {
  name: "node",
  published: {
    repository: "docker.io/library/node",
    version: "24.18.0-bookworm-slim",
    digest: "sha256:6f7b03f7c2c8e2e784dcf9295400527b9b1270fd37b7e9a7285cf83b6951452d",
  },
  packages: ["ca-certificates", "busybox"],
  ingredients: [process.version, npm],
  async fill(rootfs, work) {
    await addUser(rootfs, "node", 1000, "/home/node");
    await rootfs.program(process.execPath, "/usr/local/bin/node");
    await certificates(rootfs);
    await packageManager(rootfs, work);
  },
};

/** The public authorities as Debian has them, in the one file that programs look for. */
async function certificates(rootfs: Rootfs): Promise<void> {
  const folder = "/usr/share/ca-certificates/mozilla";
  await rootfs.tree(folder);
  const files = (await readdir(join(rootfs.folder, folder))).sort();
  const all = await Promise.all(files.map((file) => rootfs.read(join(folder, file))));
  await rootfs.write("etc/ssl/certs/ca-certificates.crt", all.join(""));
}

async function packageManager(rootfs: Rootfs, work: string): Promise<void> {
  await run("npm", ["pack", npm, "--silent", "--pack-destination", work], { cwd: work });
  const archive = (await readdir(work)).find((file) => file.startsWith("npm-") && file.endsWith(".tgz"));
  const folder = join(rootfs.folder, modules, "npm");
  await mkdir(folder, { recursive: true });
  await run("tar", ["-xzf", join(work, archive!), "-C", folder, "--strip-components=1", "--no-same-owner"]);
  for (const program of ["npm", "npx"]) {
    await rootfs.link(`${modules}/npm/bin/${program}-cli.js`, `/usr/local/bin/${program}`);
  }
  // Where a build is lent this machine's settings and npm's caches: no layer holds them.
  await rootfs.write("usr/local/etc/npmrc", "");
  for (const folder of ["var/cache/npm", "tmp/node-compile-cache"]) await rootfs.openFolder(folder);
}
