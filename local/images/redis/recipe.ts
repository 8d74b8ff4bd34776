import { addUser, type Recipe } from "../recipe.ts";

export const redis: Recipe = {
  name: "redis",
  published: {
    repository: "docker.io/library/redis",
    version: "7.4.11-bookworm",
    digest: "sha256:c6eabf748fc7a61dbb5a705c78bcf3d6377b1127a97d0ce965c11c44ba46896f",
  },
  packages: ["redis-server", "busybox"],
  ingredients: [],
  async fill(rootfs) {
    await addUser(rootfs, "redis", 999, "/data");
    // One program, which goes by its name.
    for (const name of ["redis-server", "redis-sentinel", "redis-check-rdb", "redis-check-aof"]) {
      await rootfs.program("/usr/bin/redis-check-rdb", `/usr/bin/${name}`);
    }
    for (const name of ["redis-cli", "redis-benchmark"]) await rootfs.program(`/usr/bin/${name}`);
    await rootfs.program("/usr/bin/setpriv");
  },
};
