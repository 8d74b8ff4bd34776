import { addUser, type Recipe } from "../recipe.ts";

/** HAProxy, which leads to whichever Redis is the primary. No start makes it unasked. */
export const haproxy: Recipe = {
  name: "haproxy",
  packages: ["haproxy", "busybox"],
  ingredients: [],
  async fill(rootfs) {
    await addUser(rootfs, "haproxy", 99, "/var/lib/haproxy");
    await rootfs.program("/usr/sbin/haproxy");
  },
};
