import { addUser, type Recipe } from "../recipe.ts";

/** PgBouncer, which shares a server's connections among clients. No start makes it unasked. */
export const pgbouncer: Recipe = {
  name: "pgbouncer",
  packages: ["pgbouncer", "busybox"],
  ingredients: [],
  async fill(rootfs) {
    await addUser(rootfs, "pgbouncer", 70, "/var/lib/pgbouncer");
    await rootfs.program("/usr/sbin/pgbouncer");
  },
};
