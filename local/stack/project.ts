import { randomBytes } from "node:crypto";
import { access, mkdir, readdir, readFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { stringify } from "yaml";
import { environments, type LocalEnvironment } from "../arguments.ts";
import type { Clone } from "../clone.ts";
import { writeRehearsal } from "../rehearsal.ts";
import { LocalError } from "../steps.ts";
import type { System } from "../systems.ts";
import { writeWhole } from "../whole-file.ts";
import { backendUrl } from "./backend.ts";
import { formatStackFile, mergeStackFile, parseStackFile, type StackFile } from "./stack-file.ts";

/** The project folder of a local run, outside the clone: what a run generates never shows in `git status`. */
export interface Project {
  system: System;
  folder: string;
}

/** Values of this machine that go into the stack files. What is undefined is left as it is. */
export interface LocalValues {
  context: string;
  kubeconfig?: string;
  registry?: string;
}

/** Makes or brings up to date the project folder: Pulumi.yaml, and the three stack files merged from the tracked ones. */
export async function writeProject(clone: Clone, system: System, values: LocalValues): Promise<Project> {
  const project = { system, folder: join(clone.home, "project", system.name) };
  for (const folder of [project.folder, join(clone.home, "backend"), join(clone.home, "records")]) {
    await mkdir(folder, { recursive: true });
  }
  const main = resolve(system.folder, system.project.main ?? ".");
  const backend = { url: backendUrl(clone) };
  await writeWhole(join(project.folder, "Pulumi.yaml"), stringify({ ...system.project, main, backend }));
  for (const environment of environments) {
    await mergeStack(project, environment, await machineValues(clone, project, environment, values));
  }
  await writePassphrase(clone, project);
  await writeRehearsal(clone);
  return project;
}

/**
 * Merges a tracked stack file again, with these values of the machine, and fields beside `config`, laid over. A copy of the
 * tracked file is kept beside the result: what differs from it was set here, and stays.
 */
export async function mergeStack(
  project: Project,
  environment: LocalEnvironment,
  local: Record<string, unknown>,
  fields: StackFile = {},
): Promise<void> {
  const from = join(project.system.folder, `Pulumi.${environment}.yaml`);
  const copy = join(project.folder, `tracked.${environment}.yaml`);
  const [text, before] = await Promise.all([readIfThere(from), readIfThere(copy)]);
  const present = await readStack(project, environment);
  const merged = mergeStackFile(project.system.name, { from, text, before }, present, local);
  await writeWhole(stackPath(project, environment), formatStackFile({ ...merged, ...fields }));
  await writeWhole(copy, text ?? "");
}

/** Merges the tracked stack files of a project that is there already, with nothing new from this machine. */
export async function mergeProject(clone: Clone, system: System): Promise<void> {
  const project = { system, folder: join(clone.home, "project", system.name) };
  for (const environment of environments) await mergeStack(project, environment, {});
}

/** Writes the references of the machine's own images, by digest, into all three stack files. */
export async function mergeImages(project: Project, images: Record<string, string>): Promise<void> {
  for (const environment of environments) {
    await mergeStack(project, environment, { [`${project.system.name}:images`]: images });
  }
}

export async function readStack(project: Project, environment: string): Promise<StackFile | undefined> {
  const text = await readIfThere(stackPath(project, environment));
  return text === undefined ? undefined : parseStackFile(text);
}

function readIfThere(path: string): Promise<string | undefined> {
  return readFile(path, "utf8").catch(() => undefined);
}

function stackPath(project: Project, environment: string): string {
  return join(project.folder, `Pulumi.${environment}.yaml`);
}

async function machineValues(
  clone: Clone,
  project: Project,
  environment: LocalEnvironment,
  values: LocalValues,
): Promise<Record<string, unknown>> {
  const { name } = project.system;
  const { config: own = {} } = (await readStack(project, environment)) ?? {};
  const { kubeconfig } = values;
  return {
    "palier:context": values.context,
    "palier:kubeconfig": kubeconfig,
    // The node has no Prometheus operator, until somebody brings one and says so.
    "palier:monitoring": kubeconfig && (own["palier:monitoring"] ?? "skip"),
    "palier:records": join(clone.home, "records"),
    [`${name}:registry`]: environment === "dev" ? values.registry : undefined,
    [`${name}:nodePort`]: kubeconfig ? await nodePort(clone, own[`${name}:nodePort`]) : undefined,
  };
}

/** The node port that this stack has; for a new stack the first of the clone's that no stack has. */
async function nodePort(clone: Clone, own: unknown): Promise<number> {
  const { nodePortFirst } = clone.ports;
  if (Number(own) >= nodePortFirst && Number(own) < nodePortFirst + 100) return Number(own);
  const taken = new Set<number>();
  for (const file of await stackFiles(join(clone.home, "project"))) {
    const { config = {} } = parseStackFile(await readFile(file, "utf8"));
    // A number, or its text once Pulumi has written the file.
    for (const [key, value] of Object.entries(config)) if (key.endsWith(":nodePort")) taken.add(Number(value));
  }
  let port = nodePortFirst;
  while (taken.has(port)) port++;
  return port;
}

async function stackFiles(folder: string): Promise<string[]> {
  const names = await readdir(folder, { recursive: true });
  return names.filter((name) => /Pulumi\.[a-z]+\.yaml$/.test(name)).map((name) => join(folder, name));
}

/** The passphrase of this clone's secrets, made once. A new one where an old one was lost would only hide that. */
async function writePassphrase(clone: Clone, project: Project): Promise<void> {
  const path = join(clone.home, "passphrase");
  const there = await access(path).then(
    () => true,
    () => false,
  );
  if (there) return;
  const stacks = await Promise.all(environments.map((environment) => readStack(project, environment)));
  if (stacks.some((stack) => stack?.encryptionsalt)) {
    throw new LocalError(
      `The passphrase file ${path} is gone, and this clone's stacks are encrypted with it.`,
      "put it back, or start anew with `npm run clean`.",
    );
  }
  await writeWhole(path, `${randomBytes(24).toString("base64url")}\n`, 0o600);
}
