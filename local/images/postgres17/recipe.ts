import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { trustedAuthorities } from "../backup/recipe.ts";
import { addUser, type Recipe } from "../recipe.ts";
import { unpackedWheel, wheel } from "./wheel.ts";

const folder = "/usr/lib/postgresql/17";

/**
 * Postgres of the major after Debian's, with what a backup needs beside it, for the way from one major to another. No start makes it.
 */
export const postgres17: Recipe = {
  name: "postgres17",
  packages: ["age", "busybox", "ca-certificates", "rclone", "tzdata", "util-linux"],
  ingredients: [wheel.sha256],
  async fill(rootfs, work) {
    await addUser(rootfs, "postgres", 999, "/var/lib/postgresql");
    await rootfs.folderOf(await unpackedWheel(work), folder);
    const sample = `${folder}/share/postgresql.conf.sample`;
    const text = await rootfs.read(sample);
    await rootfs.write(sample, text.replace(/^#listen_addresses\s*=\s*\S+/m, "listen_addresses = '*'"));
    await rootfs.tree("/usr/share/zoneinfo", (path) => !/\/(right|posix)(\/|$)/.test(path));
    for (const name of ["age", "age-keygen", "rclone", "setpriv"]) await rootfs.program(`/usr/bin/${name}`);
    await trustedAuthorities(rootfs);
    const start = "usr/local/bin/docker-entrypoint.sh";
    await rootfs.write(start, await readFile(join(import.meta.dirname, "../postgres/docker-entrypoint.sh"), "utf8"));
    await rootfs.allow(start);
  },
};
