import { existsSync } from "node:fs";
import { mkdir, readdir, realpath, rm, symlink } from "node:fs/promises";
import { homedir } from "node:os";
import { dirname, join, resolve } from "node:path";
import type { Clone } from "./clone.ts";
import { takeRelease } from "./download.ts";
import { engineVersion, findEngine } from "./engine.ts";
import { whatIs, writeLauncher } from "./launcher.ts";
import type { Part } from "./part.ts";
import { packageVersion } from "./plugins/version.ts";
import type { Step } from "./steps.ts";

/** The resource plugins of the packages that the components use. */
const names = ["kubernetes", "random", "docker", "tls"];
const host = "pulumi-language-nodejs";

/** Puts the language host beside the engine and each resource plugin where the engine looks for it. */
export async function preparePlugins(step: Step, clone: Clone, pulumi: string): Promise<Part[]> {
  const parts = [await prepareHost(clone, pulumi)];
  for (const name of names) parts.push(await preparePlugin(step, clone, name));
  for (const part of parts) step.say(`${part.name} ${part.version}: ${part.remedy ?? part.origin}`);
  return parts;
}

/** What is in place now. */
export async function inspectPlugins(clone: Clone): Promise<Part[]> {
  const engine = await findEngine(clone);
  const parts = names.map((name) => inspectPlugin(clone, name));
  return Promise.all([inspectHost(clone, engine?.pulumi), ...parts]);
}

/** Where the cache has the plugins that could be downloaded. */
export function cachedPlugins({ cache }: Pick<Clone, "cache">): string[] {
  return names.map((name) => join(cache, "pulumi", pluginOf(name).folder)).filter((folder) => existsSync(folder));
}

async function prepareHost(clone: Clone, pulumi: string): Promise<Part> {
  const found = await inspectHost(clone, pulumi);
  if (found.official) return found;
  // Beside the engine if that is ours; beside somebody else's we write nothing, and ours is found on the PATH.
  const file = join(clone.home, "bin", host);
  await writeLauncher(file, `${host} ${engineVersion}`, join(clone.root, "local", "host", "main.ts"), clone.cache);
  return inspectHost(clone, pulumi);
}

async function inspectHost(clone: Clone, pulumi: string | undefined): Promise<Part> {
  const beside = pulumi && join(dirname(await realpath(pulumi)), host);
  const official = beside !== undefined && (await whatIs(beside)) === "program";
  const path = official ? beside : join(clone.home, "bin", host);
  return { name: "language host nodejs", ...kept(engineVersion, path, await whatIs(path)) };
}

async function preparePlugin(step: Step, clone: Clone, name: string): Promise<Part> {
  const plugin = pluginOf(name);
  const file = join(clone.home, "pulumi", "plugins", plugin.folder, plugin.file);
  const present = await whatIs(file);
  if (present === undefined) {
    if (await linkOfUser(clone, plugin)) return inspectPlugin(clone, name);
    const folder = join(clone.cache, "pulumi", plugin.folder);
    if (existsSync(join(folder, plugin.file)) || (await takeRelease(step, plugin.release, folder))) {
      await linkFiles(folder, dirname(file));
      return inspectPlugin(clone, name);
    }
  }
  const entry = join(clone.root, "local", "plugins", name, "main.ts");
  if (present !== "program" && existsSync(entry))
    await writeLauncher(file, `${plugin.file} ${plugin.version}`, entry, clone.cache);
  return inspectPlugin(clone, name);
}

async function inspectPlugin(clone: Clone, name: string): Promise<Part> {
  const { version, folder, file } = pluginOf(name);
  const path = join(clone.home, "pulumi", "plugins", folder, file);
  const part = kept(version, path, await whatIs(path));
  const remedy = part.remedy && `${part.remedy}, or: pulumi plugin install resource ${name} ${version}`;
  return { name: `plugin ${name}`, ...part, remedy };
}

function kept(version: string, path: string, what: Awaited<ReturnType<typeof whatIs>>): Omit<Part, "name"> {
  if (what === "program") return { version, origin: "cache", official: true, path };
  const remedy = what === undefined ? "missing: npm start puts it in place" : undefined;
  return { version, origin: "stand-in", official: false, path: what && path, remedy };
}

interface Plugin {
  version: string;
  /** The engine takes exactly the version that the npm package asks for. */
  folder: string;
  file: string;
  release: { url: string; archive: string; checksums: string };
}

function pluginOf(name: string): Plugin {
  const version = packageVersion(`@pulumi/${name}`);
  const file = `pulumi-resource-${name}`;
  const arch = process.arch === "x64" ? "amd64" : process.arch;
  return {
    version,
    file,
    folder: `resource-${name}-v${version}`,
    release: {
      url: `https://github.com/pulumi/pulumi-${name}/releases/download/v${version}`,
      archive: `${file}-v${version}-${process.platform}-${arch}.tar.gz`,
      checksums: `pulumi-${name}_${version}_checksums.txt`,
    },
  };
}

/** One that the user has installed for other projects is as good here: the engine's home is this clone's own. */
async function linkOfUser(clone: Clone, { folder, file }: Plugin): Promise<boolean> {
  const theirs = join(resolve(process.env["PULUMI_HOME"] ?? join(homedir(), ".pulumi")), "plugins", folder);
  const ours = join(clone.home, "pulumi", "plugins", folder);
  if (theirs === ours || (await whatIs(join(theirs, file))) !== "program") return false;
  await linkFiles(theirs, ours);
  return true;
}

/** The folder itself must be a real one: the engine passes over links to folders. */
async function linkFiles(from: string, to: string): Promise<void> {
  await rm(to, { recursive: true, force: true });
  await mkdir(to, { recursive: true });
  for (const name of await readdir(from)) await symlink(join(from, name), join(to, name));
}
