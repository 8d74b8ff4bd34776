import { execFile } from "node:child_process";
import {
  chmod,
  copyFile,
  cp,
  mkdir,
  open,
  readdir,
  readFile,
  realpath,
  rm,
  symlink,
  writeFile,
} from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { promisify } from "node:util";
import { debianEnvironment } from "../debian.ts";

const run = promisify(execFile);
const libraryFolder = process.arch === "arm64" ? "aarch64-linux-gnu" : "x86_64-linux-gnu";
const emptyFolders = ["usr/bin", "usr/sbin", "usr/lib", "usr/lib64", "etc", "var", "run", "proc", "sys", "dev", "root"];

/**
 * The files of an image, taken from unpacked Debian packages and, where those leave out what the machine has, from the
 * machine: it runs the same Debian. Paths are those in the image.
 */
export class Rootfs {
  readonly folder: string;
  readonly #debian: string;

  constructor(folder: string, debian: string) {
    this.folder = folder;
    this.#debian = debian;
  }

  /** What every image has: the folders, a shell with the usual small programs in one file, and UTF-8. */
  async begin(): Promise<void> {
    for (const folder of emptyFolders) await mkdir(this.#in(folder), { recursive: true });
    for (const folder of ["bin", "sbin", "lib", "lib64"]) await this.link(`usr/${folder}`, folder);
    await this.link("/run", "var/run");
    await this.openFolder("tmp");
    await this.write("etc/nsswitch.conf", "passwd: files\ngroup: files\nhosts: files dns\n");
    await this.program("/bin/busybox", "/usr/bin/busybox");
    const { stdout } = await run(this.#in("usr/bin/busybox"), ["--list"]);
    for (const applet of stdout.trim().split("\n")) await this.link("busybox", `usr/bin/${applet}`).catch(() => {});
    await this.tree("/usr/lib/locale/C.utf8");
  }

  async read(path: string): Promise<string> {
    return readFile(this.#in(path), "utf8");
  }

  async write(path: string, content: string): Promise<void> {
    await mkdir(dirname(this.#in(path)), { recursive: true });
    await writeFile(this.#in(path), content);
  }

  /** A folder in which everybody may have files of their own. */
  async openFolder(path: string): Promise<void> {
    await mkdir(this.#in(path), { recursive: true });
    await chmod(this.#in(path), 0o1777);
  }

  async link(target: string, path: string): Promise<void> {
    await symlink(target, this.#in(path));
  }

  /** A whole folder; what its links point at is copied. */
  async tree(path: string, keep: (source: string) => boolean = () => true): Promise<void> {
    await cp(await this.#find(path), this.#in(path), { recursive: true, dereference: true, filter: keep });
  }

  /** A program with every library it needs. */
  async program(path: string, as = path): Promise<void> {
    await mkdir(dirname(this.#in(as)), { recursive: true });
    // The name may be a link to the shell's file, which would be written through.
    await rm(this.#in(as), { force: true });
    await copyFile(await this.#find(path), this.#in(as));
    await chmod(this.#in(as), 0o755);
    await this.#libraries([this.#in(as)]);
  }

  /** A program of no package, which needs no library. */
  async put(file: string, as: string): Promise<void> {
    await mkdir(dirname(this.#in(as)), { recursive: true });
    await rm(this.#in(as), { force: true });
    await copyFile(file, this.#in(as));
    await this.allow(as);
  }

  /** A folder of no package, with every library that its programs need. */
  async folderOf(source: string, as: string): Promise<void> {
    await cp(source, this.#in(as), { recursive: true, dereference: true });
    await this.librariesOf(as);
  }

  /** Lets everybody start what is there. */
  async allow(path: string): Promise<void> {
    await chmod(this.#in(path), 0o755);
  }

  /** All programs of a folder. */
  async programs(path: string): Promise<void> {
    await this.tree(path);
    await this.librariesOf(path);
  }

  /** Every library that the programs and libraries of a folder need. */
  async librariesOf(path: string): Promise<void> {
    const entries = await readdir(this.#in(path), { recursive: true, withFileTypes: true });
    const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
    const compiled = await Promise.all(files.map(isCompiled));
    await this.#libraries(files.filter((_, index) => compiled[index]));
  }

  async #libraries(files: string[]): Promise<void> {
    if (files.length === 0) return;
    const env = { ...process.env, ...debianEnvironment(this.#debian) };
    // A program without libraries is no error here.
    const { stdout } = await run("ldd", files, { env, maxBuffer: 16 << 20 }).catch((error) => error);
    for (const path of new Set([...stdout.matchAll(/(?:=> |^\s*)(\/\S+) \(0x/gm)].map(([, found]) => found))) {
      const folder = path.includes("/ld-linux") ? "usr/lib64" : `usr/lib/${libraryFolder}`;
      await mkdir(this.#in(folder), { recursive: true });
      await copyFile(await realpath(path), join(this.#in(folder), basename(path)));
    }
  }

  #in(path: string): string {
    return join(this.folder, path);
  }

  /** What a folder holds, in the packages and on the machine. */
  async names(path: string): Promise<string[]> {
    const both = [this.#debian, "/"].map((source) => readdir(join(source, path)).catch((): string[] => []));
    return [...new Set((await Promise.all(both)).flat())].sort();
  }

  async #find(path: string): Promise<string> {
    for (const source of [this.#debian, "/"]) {
      const found = await realpath(join(source, path)).catch(() => undefined);
      if (found) return found;
    }
    throw new Error(`${path} is neither in the Debian packages nor on this machine`);
  }
}

/** Whether a file is in the format of compiled programs and libraries. */
async function isCompiled(path: string): Promise<boolean> {
  const file = await open(path);
  try {
    const { buffer } = await file.read(Buffer.alloc(4), 0, 4, 0);
    return buffer.toString("latin1") === "\x7fELF";
  } finally {
    await file.close();
  }
}
