import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { fillPostgres, postgres } from "../postgres/recipe.ts";
import type { Recipe } from "../recipe.ts";
import type { Rootfs } from "../rootfs.ts";

/** Postgres, with what encrypts a dump and what carries it away. Nobody publishes such an image, and no start makes it unasked. */
export const backup: Recipe = {
  name: "backup",
  packages: [...postgres.packages, "age", "ca-certificates", "rclone"],
  ingredients: [String(fillPostgres)],
  async fill(rootfs, work) {
    await postgres.fill(rootfs, work);
    for (const name of ["age", "age-keygen", "rclone"]) await rootfs.program(`/usr/bin/${name}`);
    await trustedAuthorities(rootfs);
  },
};

/** In the one file that Debian's own script would make of them. */
export async function trustedAuthorities(rootfs: Rootfs): Promise<void> {
  const folder = "usr/share/ca-certificates/mozilla";
  await rootfs.tree(`/${folder}`);
  const files = (await readdir(join(rootfs.folder, folder))).sort();
  const texts = await Promise.all(files.map((file) => readFile(join(rootfs.folder, folder, file), "utf8")));
  await rootfs.write("etc/ssl/certs/ca-certificates.crt", texts.join(""));
}
