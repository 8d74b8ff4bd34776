import { execFile } from "node:child_process";
import { cp, mkdir, mkdtemp, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { LocalError } from "../steps.ts";

const run = promisify(execFile);
const folder = import.meta.dirname;
export const lego = "github.com/go-acme/lego/v4";

/** What Traefik takes of lego; the rest is tests, a command and the clients of DNS services. */
const taken = ["acme", "certcrypto", "certificate", "challenge", "lego", "log", "platform", "registration"];

/**
 * A folder with the Go module that Traefik is built from: this folder's, with lego copied beside it without the clients of DNS
 * services, which are two of five packages that would be compiled. Everything else is Traefik's own, held to its checksums.
 */
export async function traefikModule(cache: string): Promise<string> {
  const target = join(cache, "edge", "module");
  if (await isCurrent(target)) return target;
  await mkdir(dirname(target), { recursive: true });
  const making = await mkdtemp(`${target}.`);
  try {
    await copyLego(join(making, "lego"));
    await writeFile(join(making, "go.mod"), await goMod());
    await cp(join(folder, "go.sum"), join(making, "go.sum"));
    await rm(target, { recursive: true, force: true });
    await rename(making, target).catch(async (error) => {
      if (!(await isCurrent(target))) throw error; // otherwise another clone was faster
    });
    return target;
  } finally {
    await rm(making, { recursive: true, force: true });
  }
}

/** The folder in Go's module cache of a module that Traefik needs. */
export async function moduleFolder(path: string): Promise<string> {
  try {
    const env = { ...process.env, GOWORK: "off", GOFLAGS: "-mod=mod" };
    const { stdout } = await run("go", ["mod", "download", "-json", path], { cwd: folder, env, maxBuffer: 16 << 20 });
    return JSON.parse(stdout).Dir;
  } catch (error) {
    const { stdout, stderr } = error as { stdout?: string; stderr?: string };
    const why = (stderr || stdout || String(error)).trim().split("\n").slice(-3).join("\n");
    throw new LocalError(
      `The Go module ${path} can't be fetched: ${why}`,
      "check GOPROXY (`go env GOPROXY`) and the network, then run this again; what was fetched is kept.",
    );
  }
}

/** The version that go.mod asks for of a module. */
export async function versionOf(path: string): Promise<string> {
  const text = await readFile(join(folder, "go.mod"), "utf8");
  const line = text.split("\n").find((one) => one.replace("require", "").trim().startsWith(`${path} v`));
  if (line === undefined) throw new Error(`local/edge/go.mod requires no ${path}`);
  return line.replace("require", "").trim().split(" ")[1]!.slice(1);
}

async function copyLego(target: string): Promise<void> {
  const source = await moduleFolder(lego);
  for (const part of [...taken, "go.mod", "LICENSE"]) {
    const filter = (file: string) => !/_test\.go$|\/(fixtures|testdata)(\/|$)/.test(file.slice(source.length));
    await cp(join(source, part), join(target, part), { recursive: true, filter });
  }
  const { stdout: _ } = await run("chmod", ["-R", "u+w", target]); // Go's cache is read-only
  await mkdir(join(target, "providers", "dns"), { recursive: true });
  for (const file of await readdir(join(folder, "dns"))) {
    await cp(join(folder, "dns", file), join(target, "providers", "dns", file));
  }
}

async function goMod(): Promise<string> {
  const text = await readFile(join(folder, "go.mod"), "utf8");
  return `${text}\nreplace ${lego} => ./lego\n`;
}

async function isCurrent(target: string): Promise<boolean> {
  const same = async (file: string, text: Promise<string>) =>
    (await readFile(join(target, file), "utf8").catch(() => undefined)) === (await text);
  const own = (file: string) => readFile(join(folder, file), "utf8");
  return (
    (await same("go.mod", goMod())) &&
    (await same("go.sum", own("go.sum"))) &&
    (await same("lego/providers/dns/providers.go", own("dns/providers.go")))
  );
}
