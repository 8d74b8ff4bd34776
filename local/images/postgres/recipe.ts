import { addUser, type Recipe } from "../recipe.ts";
import type { Rootfs } from "../rootfs.ts";

const folder = "/usr/lib/postgresql/15";
export const share = "/usr/share/postgresql/15";

export const postgres: Recipe = {
  name: "postgres",
  published: {
    repository: "docker.io/library/postgres",
    version: "15.19",
    digest: "sha256:9b1d34adbce1dd07ee6e94b4a2cf698884b89bd44a6c9c12f5da8f3acbfe4957",
  },
  packages: ["postgresql-15", "postgresql-client-15", "busybox"],
  ingredients: [],
  fill: (rootfs) => fillPostgres(rootfs),
};

/** The server and its clients, with the extensions that the packages bring. @param leftOut Files of those that are not taken. */
export async function fillPostgres(rootfs: Rootfs, leftOut?: RegExp): Promise<void> {
  const wanted = (path: string) => !leftOut?.test(path);
  await addUser(rootfs, "postgres", 999, "/var/lib/postgresql");
  await rootfs.programs(`${folder}/bin`);
  // The compiler of queries takes more than all the rest, and Postgres does without where it is missing.
  await rootfs.tree(`${folder}/lib`, (path) => !/\/(bitcode|pgxs)(\/|$)|llvmjit/.test(path) && wanted(path));
  await rootfs.librariesOf(`${folder}/lib`);
  await rootfs.tree(share, (path) => !/\/man(\/|$)/.test(path) && wanted(path));
  await listenEverywhere(rootfs);
  await rootfs.tree("/usr/share/zoneinfo", (path) => !/\/(right|posix)(\/|$)/.test(path));
  await rootfs.program("/usr/bin/setpriv");
}

/** As the official image has it: a server in a container is there to be reached. */
async function listenEverywhere(rootfs: Rootfs): Promise<void> {
  const sample = `${share}/postgresql.conf.sample`;
  const text = await rootfs.read(sample);
  await rootfs.write(sample, text.replace(/^#listen_addresses\s*=\s*\S+/m, "listen_addresses = '*'"));
}
