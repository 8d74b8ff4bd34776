import { copyFile } from "node:fs/promises";
import { join } from "node:path";
import { fillPostgres, postgres } from "../postgres/recipe.ts";
import type { Recipe } from "../recipe.ts";

/**
 * CloudNativePG's operator, and what it runs, in one image: Postgres and PgBouncer of Debian's packages. No start makes it.
 *
 * @param manager File of the operator's program. @param version Of it.
 */
export function cnpg(manager: string, version: string): Recipe {
  return {
    name: "cnpg",
    packages: [...postgres.packages, "pgbouncer"],
    ingredients: [String(fillPostgres), version],
    async fill(rootfs) {
      await fillPostgres(rootfs);
      await rootfs.program("/usr/sbin/pgbouncer", "/usr/bin/pgbouncer");
      await copyFile(manager, join(rootfs.folder, "manager"));
    },
  };
}
