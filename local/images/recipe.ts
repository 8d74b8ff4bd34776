import type { Rootfs } from "./rootfs.ts";

/** How one image is made on this machine, in place of a published one. */
export interface Recipe {
  name:
    | "postgres"
    | "postgis"
    | "redis"
    | "haproxy"
    | "node"
    | "backup"
    | "mongo"
    | "postgres17"
    | "pgbouncer"
    | "argo-rollouts"
    | "cnpg"
    | "barman";
  /**
   * The folder beside this file that is the build context.
   * @default the one of its name
   */
  context?: string;
  /** @default none is published: it is made here, wherever that is */
  published?: Published;
  /** Debian packages it takes its files from. */
  packages: string[];
  /** What decides the result besides the packages and the files of the recipe's folder. */
  ingredients: string[];
  /** Puts the files into `rootfs`; `work` is a folder for what is only needed meanwhile. */
  fill(rootfs: Rootfs, work: string): Promise<void>;
}

/** The image of a public registry whose contract the recipe keeps, and that is taken where the registry is reached. */
export interface Published {
  /** Such as `docker.io/library/postgres`. */
  repository: string;
  version: string;
  /** Of the index over all platforms. */
  digest: string;
}

/** A user of the image beside root. */
export async function addUser(rootfs: Rootfs, name: string, uid: number, home: string): Promise<void> {
  await rootfs.write("etc/passwd", `root:x:0:0:root:/root:/bin/sh\n${name}:x:${uid}:${uid}::${home}:/bin/sh\n`);
  await rootfs.write("etc/group", `root:x:0:\n${name}:x:${uid}:\n`);
}
