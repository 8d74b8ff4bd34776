import { execFile, spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdir, mkdtemp, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { promisify } from "node:util";
import { LocalError, type Step } from "./steps.ts";

const run = promisify(execFile);

export interface DebianPackage {
  name: string;
  version: string;
}

/**
 * Fetches Debian packages, with those they depend on that this machine lacks, and unpacks them side by side into one
 * folder of the cache. Nothing is installed: no root needed, no maintainer script runs, no package list of the machine changes.
 * Returns the folder, to be used as a prefix (`<folder>/usr/bin/...`) with the environment of {@link debianEnvironment}.
 */
export async function debianParts(step: Step, cache: string, packages: string[]): Promise<string> {
  const root = debianRoot(cache, packages);
  if ((await debianVersions(cache, packages)).length > 0) return root;
  if (!(await isDebian())) throw notDebian(packages);
  await mkdir(join(cache, "debian"), { recursive: true });
  try {
    await fetchInto(step, root, packages, []);
  } catch (error) {
    step.say(`the machine's package lists don't do (${firstLine(error)}): taking fresh ones into the cache`);
    await fetchInto(step, root, packages, await freshLists(cache)).catch((second) => {
      throw new LocalError(
        `Debian packages ${packages.join(", ")} can't be fetched: ${firstLine(second)}`,
        "check that `apt-get download` works here (sources, proxy, network), then run this again.",
      );
    });
  }
  return root;
}

/** What programs from such a folder need in order to find each other and their libraries. */
export function debianEnvironment(root: string, env: NodeJS.ProcessEnv = process.env): Record<string, string> {
  const libraries = [`/usr/lib/${multiarch()}`, "/usr/lib", `/lib/${multiarch()}`].map((folder) => join(root, folder));
  const programs = ["/usr/sbin", "/usr/bin", "/sbin", "/bin"].map((folder) => join(root, folder));
  return {
    PATH: [...programs, env["PATH"] ?? "/usr/sbin:/usr/bin:/sbin:/bin"].join(":"),
    LD_LIBRARY_PATH: [...libraries, ...(env["LD_LIBRARY_PATH"] ? [env["LD_LIBRARY_PATH"]] : [])].join(":"),
  };
}

/** The packages already unpacked for this request; none when it was never completed. */
export async function debianVersions(cache: string, packages: string[]): Promise<DebianPackage[]> {
  const text = await readFile(join(debianRoot(cache, packages), "packages.json"), "utf8").catch(() => "[]");
  return JSON.parse(text);
}

export function debianRoot(cache: string, packages: string[]): string {
  const names = [...packages].sort();
  const digest = createHash("sha256").update(names.join("\n")).digest("hex").slice(0, 8);
  return join(cache, "debian", `${names[0]}-${digest}`);
}

async function fetchInto(step: Step, root: string, packages: string[], options: string[]): Promise<void> {
  const wanted = await missingPackages(packages, options);
  step.say(`${packages.join(", ")}: ${wanted.length} Debian packages, fetched with apt-get download, not installed`);
  const work = await mkdtemp(`${root}.`);
  try {
    await download(step, work, wanted, options);
    const unpacked = join(work, "root");
    for (const file of await readdir(work)) {
      if (file.endsWith(".deb")) await run("dpkg", ["-x", join(work, file), unpacked]);
    }
    await writeFile(join(unpacked, "packages.json"), `${JSON.stringify(wanted, null, 2)}\n`);
    await rm(root, { recursive: true, force: true });
    await rename(unpacked, root);
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

/** apt resolves the request as for an empty machine (so that nothing installed conflicts); what is installed is then left out. */
async function missingPackages(packages: string[], options: string[]): Promise<DebianPackage[]> {
  const installed = new Set(await installedPackages());
  const all = await allPackages(packages, options);
  return all.filter((one) => packages.includes(one.name) || !installed.has(one.name));
}

/** What is left out of such folders since this machine has it: on a machine without it, they are of no use. */
export async function leansOn(cache: string, packages: string[]): Promise<string[]> {
  const installed = new Set(await installedPackages());
  const all = await allPackages(packages, []).catch(async () => allPackages(packages, await freshLists(cache)));
  return all.map(({ name }) => name).filter((name) => installed.has(name) && !packages.includes(name));
}

async function allPackages(packages: string[], options: string[]): Promise<DebianPackage[]> {
  const empty = ["-o", "Dir::State::status=/dev/null"];
  const { stdout } = await run(
    "apt-get",
    ["install", "--simulate", "--no-install-recommends", ...empty, ...options, ...packages],
    { maxBuffer: 64 << 20 },
  );
  return simulatedInstalls(stdout);
}

/** Reads the `Inst name (version source [architecture])` lines of a simulated installation. */
export function simulatedInstalls(output: string): DebianPackage[] {
  return [...output.matchAll(/^Inst (\S+) (?:\[\S+\] )?\((\S+) /gm)].map(([, name, version]) => ({
    name: name!,
    version: version!,
  }));
}

export async function installedPackages(): Promise<string[]> {
  // biome-ignore lint/suspicious/noTemplateCurlyInString: dpkg-query's own placeholders
  const format = "${db:Status-Abbrev} ${Package}\n";
  const { stdout } = await run("dpkg-query", ["-W", "-f", format], { maxBuffer: 64 << 20 });
  return stdout.split("\n").flatMap((line) => (line.startsWith("ii") ? [line.split(/\s+/)[1]!] : []));
}

async function download(step: Step, folder: string, wanted: DebianPackage[], options: string[]): Promise<void> {
  const names = wanted.map((one) => `${one.name}=${one.version}`);
  const child = spawn("apt-get", ["download", "-o", "APT::Sandbox::User=root", ...options, ...names], {
    cwd: folder,
    stdio: ["ignore", "pipe", "pipe"],
  });
  let errors = "";
  child.stderr.on("data", (chunk) => {
    errors += chunk;
  });
  const ended = new Promise<number | null>((done, failed) => child.on("close", done).on("error", failed));
  let fetched = 0;
  for await (const line of createInterface(child.stdout)) {
    if (line.startsWith("Get:")) step.progress(fetched++, wanted.length);
  }
  if ((await ended) !== 0) throw new Error(errors.trim() || "apt-get download failed");
}

/** Package lists of our own, so that an old or empty list of the machine neither stops us nor is changed. */
async function freshLists(cache: string): Promise<string[]> {
  const folder = join(cache, "debian", "apt");
  await mkdir(join(folder, "lists", "partial"), { recursive: true });
  await mkdir(join(folder, "archives", "partial"), { recursive: true });
  const options = [
    ["Dir::State::Lists", join(folder, "lists")],
    ["Dir::Cache", folder],
    ["APT::Sandbox::User", "root"],
  ].flatMap(([key, value]) => ["-o", `${key}=${value}`]);
  await run("apt-get", ["update", ...options], { maxBuffer: 64 << 20 }).catch(() => undefined); // a partial update may be enough
  return options;
}

async function isDebian(): Promise<boolean> {
  return await run("apt-get", ["--version"]).then(
    () => true,
    () => false,
  );
}

function notDebian(packages: string[]): LocalError {
  return new LocalError(
    `This machine has no apt-get, from which ${packages.join(", ")} would be taken.`,
    "use Debian or Ubuntu (a virtual machine will do), or a cluster you have: pulumi config set palier:context <kube context>.",
  );
}

function multiarch(): string {
  return process.arch === "arm64" ? "aarch64-linux-gnu" : "x86_64-linux-gnu";
}

function firstLine(error: unknown): string {
  const text = (error as { stderr?: string }).stderr || (error instanceof Error ? error.message : String(error));
  const lines = text.split("\n").filter((line) => line.trim() !== "");
  return lines.find((line) => line.startsWith("E:")) ?? lines[0] ?? "no reason given";
}
