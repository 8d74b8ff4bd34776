import { copyFile } from "node:fs/promises";
import { join } from "node:path";
import { addUser, type Recipe } from "../recipe.ts";
import type { Rootfs } from "../rootfs.ts";

/** Of Debian's Python packages what the programs of Barman Cloud import: an S3 client, and one of Postgres. */
const modules = [
  ...["argcomplete", "barman", "boto3", "botocore", "certifi", "chardet", "charset_normalizer", "dateutil", "idna"],
  ...["jmespath", "pkg_resources", "psycopg2", "requests", "s3transfer", "six.py", "urllib3"],
];
/** What packages say of themselves, by which Python finds their versions and programs. */
const told = /\.(egg|dist)-info$/;
/** Tests, windows and an installer, which nothing here imports. */
const unused = /\/(__pycache__|test|tests|idlelib|tkinter|ensurepip|lib2to3|config-[^/]+)(\/|$)/;

/**
 * CloudNativePG's plugin Barman Cloud, and what it puts beside each server, in one image. No start makes it.
 *
 * @param manager File of its program. @param version Of it.
 */
export function barman(manager: string, version: string): Recipe {
  return {
    name: "barman",
    packages: ["barman-cli-cloud", "busybox", "ca-certificates", "python3"],
    ingredients: [version],
    async fill(rootfs) {
      await addUser(rootfs, "postgres", 999, "/var/lib/postgresql");
      await fillPython(rootfs);
      for (const name of await rootfs.names("/usr/bin")) {
        if (name.startsWith("barman-cloud-")) await rootfs.program(`/usr/bin/${name}`);
      }
      await copyFile(manager, join(rootfs.folder, "manager"));
    },
  };
}

async function fillPython(rootfs: Rootfs): Promise<void> {
  const python = (await rootfs.names("/usr/lib")).find((name) => /^python3\.\d+$/.test(name))!;
  await rootfs.program(`/usr/bin/${python}`, "/usr/bin/python3");
  await rootfs.tree(`/usr/lib/${python}`, (source) => !unused.test(source));
  await rootfs.librariesOf(`/usr/lib/${python}`);
  const packages = "/usr/lib/python3/dist-packages";
  for (const name of await rootfs.names(packages)) {
    if (modules.includes(name) || told.test(name)) await rootfs.tree(`${packages}/${name}`);
  }
  await rootfs.librariesOf(packages);
}
