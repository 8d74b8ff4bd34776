import { execFile } from "node:child_process";
import { chmod, copyFile, cp, mkdir, realpath, rm, symlink, writeFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { promisify } from "node:util";
import { debianEnvironment } from "../debian.ts";

const run = promisify(execFile);

/**
 * The files of an image, taken from unpacked Debian packages and, where those leave out what the machine has, from the
 * machine: it runs the same Debian.
 */
export class Rootfs {
  readonly folder: string;
  readonly #sources: string[];

  constructor(folder: string, debianRoots: string[]) {
    this.folder = folder;
    this.#sources = [...debianRoots, "/"];
  }

  /** The folders that every image has, and a shell with the usual small programs in one file. */
  async begin(): Promise<void> {
    for (const folder of [
      "usr/bin",
      "usr/sbin",
      "usr/lib",
      "usr/lib64",
      "etc/ssl/certs",
      "var/run",
      "run",
      "proc",
      "sys",
      "dev",
      "root",
    ]) {
      await mkdir(join(this.folder, folder), { recursive: true });
    }
    for (const folder of ["bin", "sbin", "lib", "lib64"]) await symlink(`usr/${folder}`, join(this.folder, folder));
    await mkdir(join(this.folder, "tmp"));
    await chmod(join(this.folder, "tmp"), 0o1777);
    await this.write("etc/passwd", "root:x:0:0:root:/root:/bin/sh\n");
    await this.write("etc/group", "root:x:0:\n");
    await this.write("etc/nsswitch.conf", "passwd: files\ngroup: files\nhosts: files dns\n");
    await this.#shell();
    await this.tree("/usr/lib/locale/C.utf8");
  }

  async #shell(): Promise<void> {
    const busybox = await this.#find("/usr/bin/busybox", "/bin/busybox");
    await copyFile(busybox, join(this.folder, "usr/bin/busybox"));
    const { stdout } = await run(busybox, ["--list"]);
    for (const applet of stdout.trim().split("\n")) {
      if (applet !== "busybox") await symlink("busybox", join(this.folder, "usr/bin", applet)).catch(() => undefined);
    }
  }

  async write(path: string, content: string, mode = 0o644): Promise<void> {
    await mkdir(dirname(join(this.folder, path)), { recursive: true });
    await writeFile(join(this.folder, path), content, { mode });
  }

  /** A whole folder, links followed where they lead out of it. */
  async tree(path: string, keep: (source: string) => boolean = () => true): Promise<void> {
    const options = { recursive: true, dereference: true, filter: keep };
    await cp(await this.#find(path), join(this.folder, path), options);
  }

  /** A program or library, with every library it needs. */
  async program(path: string, as = path): Promise<void> {
    const source = await realpath(await this.#find(path));
    const target = join(this.folder, as);
    await mkdir(dirname(target), { recursive: true });
    // A link to the shell's file would be written through.
    await rm(target, { force: true });
    await copyFile(source, target);
    await chmod(target, 0o755);
    await this.libraries(source);
  }

  /** Every library that a file needs. */
  async libraries(file: string): Promise<void> {
    const [debian] = this.#sources;
    const env = debian === "/" ? process.env : { ...process.env, ...debianEnvironment(debian!) };
    const { stdout } = await run("ldd", [file], { env }).catch(() => ({ stdout: "" }));
    for (const [, path] of stdout.matchAll(/(?:=> |^\s*)(\/\S+) \(0x/gm)) {
      const target = path!.includes("/ld-linux")
        ? `usr/lib64/${basename(path!)}`
        : `usr/lib/${libraryFolder}/${basename(path!)}`;
      await mkdir(dirname(join(this.folder, target)), { recursive: true });
      await copyFile(await realpath(path!), join(this.folder, target));
    }
  }

  async #find(...paths: string[]): Promise<string> {
    for (const source of this.#sources) {
      for (const path of paths) {
        const found = await realpath(join(source, path)).catch(() => undefined);
        if (found) return found;
      }
    }
    throw new Error(`${paths.join(" or ")} is neither in the Debian packages nor on this machine`);
  }
}

const libraryFolder = process.arch === "arm64" ? "aarch64-linux-gnu" : "x86_64-linux-gnu";
