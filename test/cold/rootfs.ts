import { execFile, execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { cp, mkdir, realpath, symlink, writeFile } from "node:fs/promises";
import { delimiter, dirname, join } from "node:path";
import { promisify } from "node:util";
import { debianEnvironment, debianParts } from "../../local/debian.ts";
import { npmSettings } from "../../local/images/lent.ts";

const run = promisify(execFile);
const quiet = { say: (line: string) => console.log(`      ${line}`), progress: () => {} };

/** What a machine has before anybody has thought of Palier: the certificates that Go asks for, and git, which clones. */
const packages = ["ca-certificates", "git"];

/** Debian's smallest system in a folder, with this machine's Node, npm and Go, and its registries as they are set up here. */
export async function makeRootfs(rootfs: string, work: string): Promise<void> {
  const { mirror, release } = debianSource();
  const tools = await debianParts(quiet, work, ["debootstrap"]);
  const env = {
    ...process.env,
    ...debianEnvironment(tools),
    DEBOOTSTRAP_DIR: join(tools, "usr/share/debootstrap"),
  };
  const options = ["--variant=minbase", `--include=${packages}`];
  const program = join(tools, "usr/sbin/debootstrap");
  await run("sh", [program, ...options, release, rootfs, mirror], { env, maxBuffer: 64 << 20 });
  await copyRegistries(rootfs);
  await copyNode(rootfs);
  const { stdout } = await run("go", ["env", "GOROOT"]);
  await cp(await realpath(stdout.trim()), join(rootfs, "usr/local/go"), { recursive: true, verbatimSymlinks: true });
}

/** Where this machine takes Debian from. */
function debianSource(): { mirror: string; release: string } {
  const format = ["--format", "$(SITE) $(RELEASE) $(COMPONENT)"];
  const targets = execFileSync("apt-get", ["indextargets", ...format, "Created-By: Packages"], { encoding: "utf8" });
  const [mirror, release] = targets
    .split("\n")
    .map((line) => line.split(" "))
    .find(([, , component]) => component === "main")!;
  return { mirror: mirror!, release: release! };
}

async function copyRegistries(rootfs: string): Promise<void> {
  const files = ["etc/apt", "usr/share/keyrings", "etc/ssl/certs/ca-certificates.crt", "etc/resolv.conf", "etc/hosts"];
  for (const file of files.filter((file) => existsSync(join("/", file)))) {
    await cp(join("/", file), join(rootfs, file), { recursive: true, dereference: true, force: true });
  }
  await writeFile(join(rootfs, "root/.npmrc"), `${(await npmSettings(process.env)).join("\n")}\n`, { mode: 0o600 });
}

/** The machine's own: not one that npm or a run of ours has put before it. */
async function copyNode(rootfs: string): Promise<void> {
  const folders = (process.env["PATH"] ?? "").split(delimiter);
  const bin = folders.find((folder) => existsSync(join(folder, "node")) && existsSync(join(folder, "npm")))!;
  await cp(await realpath(join(bin, "node")), join(rootfs, "usr/local/bin/node"));
  const npm = dirname(dirname(await realpath(join(bin, "npm"))));
  await mkdir(join(rootfs, "usr/local/lib/node_modules"), { recursive: true });
  await cp(npm, join(rootfs, "usr/local/lib/node_modules/npm"), { recursive: true });
  for (const program of ["npm", "npx"]) {
    const script = `../lib/node_modules/npm/bin/${program}-cli.js`;
    await symlink(script, join(rootfs, "usr/local/bin", program));
  }
}
