import { join } from "node:path";
import { openClone } from "../../clone.ts";
import { buildGo } from "../../go-build.ts";
import { trustedAuthorities } from "../backup/recipe.ts";
import { addUser, type Recipe } from "../recipe.ts";

const local = join(import.meta.dirname, "../..");
const tools = ["mongodump", "mongorestore", "mongoexport", "mongoimport"];
const toolsVersion = "20240724183527";
const ferretdb = { name: "ferretdb", version: "1.24.2" };

/** Started as MongoDB's own is, and with what of that it knows: a folder, and a port of this machine's own. */
const mongod = `#!/bin/sh
while [ $# -gt 0 ]; do
  case "$1" in --dbpath) FOLDER="$PWD/$2" ;; --bind_ip) address="$2" ;; --port) port="$2" ;; esac
  shift
done
export FOLDER ADDRESS="$address:$port"
exec ferretdb
`;

/** MongoDB's database tools with what encrypts a dump and carries it away; for its server FerretDB stands in. No start makes it. */
export const mongo: Recipe = {
  name: "mongo",
  packages: ["age", "busybox", "ca-certificates", "rclone"],
  ingredients: [toolsVersion, ferretdb.version, mongod],
  async fill(rootfs) {
    await addUser(rootfs, "mongodb", 999, "/data/db");
    for (const name of ["age", "age-keygen", "rclone"]) await rootfs.program(`/usr/bin/${name}`);
    await trustedAuthorities(rootfs);
    for (const [name, file] of Object.entries(await built())) await rootfs.put(file, `/usr/bin/${name}`);
    await rootfs.write("usr/bin/mongod", mongod);
    await rootfs.allow("usr/bin/mongod");
  },
};

/** The programs that are built from Go modules, once, by their names. */
async function built(): Promise<Record<string, string>> {
  const { cache } = await openClone();
  const step = { say: () => {}, progress: () => {} };
  const files: Record<string, string> = {
    ferretdb: await buildGo(step, { ...ferretdb, dir: join(local, "ferretdb"), package: ".", cache }),
  };
  for (const name of tools) {
    const program = `github.com/mongodb/mongo-tools/${name}/main`;
    const dir = join(local, "mongo-tools");
    files[name] = await buildGo(step, { name, version: toolsVersion, dir, package: program, cache });
  }
  return files;
}
