import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { parse } from "yaml";

/** A reference system: a Pulumi project of this repository. */
export interface System {
  /** Its Pulumi project name, which is also what people type. */
  name: string;
  /** Folder of its Pulumi.yaml and tracked stack files. */
  folder: string;
  /** What its Pulumi.yaml says. */
  project: PulumiProject;
}

export interface PulumiProject {
  name: string;
  main?: string;
  config?: Record<string, unknown>;
  [field: string]: unknown;
}

export const defaultSystem = "avnir";

/** The flagship at the top of the clone, then every folder below `stacks` that is a Pulumi project. */
export async function findSystems(root: string): Promise<System[]> {
  const below = await readdir(join(root, "stacks")).catch(() => []);
  const folders = [root, ...below.sort().map((name) => join(root, "stacks", name))];
  const systems = await Promise.all(folders.map(readSystem));
  return systems.filter((system) => system !== undefined);
}

async function readSystem(folder: string): Promise<System | undefined> {
  const text = await readFile(join(folder, "Pulumi.yaml"), "utf8").catch(() => undefined);
  if (text === undefined) return undefined;
  const project = parse(text) as PulumiProject;
  return { name: project.name, folder, project };
}
