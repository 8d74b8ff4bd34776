import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { dirname, join } from "node:path";

export interface Dependency {
  name: string;
  version: string;
}

/** What is installed of what the nearest package.json asks for; with `transitive`, all that is installed there. */
export async function installedDependencies(directory: string, transitive: boolean): Promise<Dependency[]> {
  const root = ascend(directory).find((folder) => existsSync(join(folder, "package.json")));
  if (root === undefined) return [];
  if (transitive) return lockedDependencies(root);
  const manifest = await readJson(join(root, "package.json"));
  const names = Object.keys({ ...manifest["dependencies"], ...manifest["devDependencies"] });
  const found = await Promise.all(names.map((name) => installed(name, root)));
  return found.filter((one) => one !== undefined);
}

async function lockedDependencies(root: string): Promise<Dependency[]> {
  const lock = ascend(root)
    .map((folder) => join(folder, "node_modules", ".package-lock.json"))
    .find(existsSync);
  if (lock === undefined) return [];
  const packages: Record<string, { version?: string }> = (await readJson(lock))["packages"] ?? {};
  return Object.entries(packages).flatMap(([path, { version }]) => {
    const name = path.split("node_modules/").at(-1);
    return name && version ? [{ name, version }] : [];
  });
}

async function installed(name: string, root: string): Promise<Dependency | undefined> {
  const manifest = ascend(root)
    .map((folder) => join(folder, "node_modules", name, "package.json"))
    .find(existsSync);
  if (manifest === undefined) return undefined;
  return { name, version: (await readJson(manifest))["version"] };
}

function ascend(directory: string): string[] {
  const above = dirname(directory);
  return above === directory ? [directory] : [directory, ...ascend(above)];
}

// biome-ignore lint/suspicious/noExplicitAny: package.json files of anybody
async function readJson(file: string): Promise<any> {
  return JSON.parse(await readFile(file, "utf8"));
}
