import { execFile } from "node:child_process";
import { cp, mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import type { Rootfs } from "./rootfs.ts";

const run = promisify(execFile);

/** How one image is made on this machine, in place of a published one. */
export interface Recipe {
  name: "postgres" | "redis" | "node";
  /** The published image, whose contract it keeps. */
  published: string;
  /** Debian packages it takes its files from. */
  packages: string[];
  /** Folders that belong to the image's own user. */
  owned: string[];
  fill(rootfs: Rootfs, work: string): Promise<void>;
}

const user = (name: string, uid: number, home: string) => ({
  passwd: `root:x:0:0:root:/root:/bin/sh\n${name}:x:${uid}:${uid}::${home}:/bin/sh\n`,
  group: `root:x:0:\n${name}:x:${uid}:\n`,
});

async function identity(rootfs: Rootfs, name: string, uid: number, home: string): Promise<void> {
  const { passwd, group } = user(name, uid, home);
  await rootfs.write("etc/passwd", passwd);
  await rootfs.write("etc/group", group);
}

const postgresFolder = "/usr/lib/postgresql/15";

const postgres: Recipe = {
  name: "postgres",
  published: "library/postgres:15",
  packages: ["postgresql-15", "busybox-static"],
  owned: ["var/lib/postgresql/data", "var/run/postgresql", "docker-entrypoint-initdb.d"],
  async fill(rootfs) {
    await identity(rootfs, "postgres", 999, "/var/lib/postgresql");
    const programs = ["postgres", "initdb", "pg_ctl", "psql", "pg_isready", "pg_dump", "pg_dumpall", "pg_restore"];
    for (const program of programs) await rootfs.program(`${postgresFolder}/bin/${program}`);
    // The compiler for queries is a third of a gigabyte and switched off where it is missing.
    const keep = (path: string) => !/\/(bitcode|pgxs|bin)(\/|$)|llvmjit/.test(path);
    await rootfs.tree(`${postgresFolder}/lib`, keep);
    await rootfs.tree("/usr/share/postgresql/15", (path) => !/\/man(\/|$)/.test(path));
    const sample = join(rootfs.folder, "usr/share/postgresql/15/postgresql.conf.sample");
    // As the official image has it: a server in a container is there to be reached.
    await writeFile(
      sample,
      (await readFile(sample, "utf8")).replace(/^#listen_addresses\s*=\s*\S+/m, "listen_addresses = '*'"),
    );
    const modules = join(rootfs.folder, postgresFolder, "lib");
    for (const file of await readdir(modules)) if (file.endsWith(".so")) await rootfs.libraries(join(modules, file));
    await rootfs.tree("/usr/share/zoneinfo", (path) => !/\/(right|posix)(\/|$)/.test(path));
    await rootfs.program("/usr/bin/setpriv");
  },
};

const redis: Recipe = {
  name: "redis",
  published: "library/redis:7",
  packages: ["redis-server", "busybox-static"],
  owned: ["data"],
  async fill(rootfs) {
    await identity(rootfs, "redis", 999, "/data");
    await rootfs.program("/usr/bin/redis-check-rdb", "/usr/bin/redis-server");
    await rootfs.program("/usr/bin/redis-cli");
    await rootfs.program("/usr/bin/setpriv");
  },
};

const npm = "npm@11.6.2";

const node: Recipe = {
  name: "node",
  published: "library/node:24-bookworm-slim",
  packages: ["ca-certificates", "busybox-static"],
  owned: ["home/node"],
  async fill(rootfs, work) {
    await identity(rootfs, "node", 1000, "/home/node");
    await rootfs.program(process.execPath, "/usr/local/bin/node");
    await rootfs.tree("/usr/share/ca-certificates/mozilla");
    await rootfs.write("etc/ssl/certs/ca-certificates.crt", await certificates(rootfs));
    await run("npm", ["pack", npm, "--silent", "--pack-destination", work], { cwd: work });
    const archive = (await readdir(work)).find((file) => file.startsWith("npm-") && file.endsWith(".tgz"));
    const modules = join(rootfs.folder, "usr/local/lib/node_modules");
    await mkdir(modules, { recursive: true });
    await run("tar", ["-xzf", join(work, archive!), "-C", modules, "--no-same-owner"]);
    await cp(join(modules, "package"), join(modules, "npm"), { recursive: true });
    await run("rm", ["-rf", join(modules, "package")]);
    for (const program of ["npm", "npx"]) {
      const script = `#!/bin/sh\nexec node /usr/local/lib/node_modules/npm/bin/${program}-cli.js "$@"\n`;
      await rootfs.write(`usr/local/bin/${program}`, script, 0o755);
    }
  },
};

async function certificates(rootfs: Rootfs): Promise<string> {
  const folder = join(rootfs.folder, "usr/share/ca-certificates/mozilla");
  const { stdout } = await run("sh", ["-c", 'cat "$1"/*.crt', "sh", folder], { maxBuffer: 16 << 20 });
  return stdout;
}

export const recipes: readonly Recipe[] = [postgres, redis, node];

/** What else decides what an image holds. */
export const ingredients = [process.version];
