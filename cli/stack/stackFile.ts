import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { parse } from "yaml";
import { madeByOthers } from "../../core/rules/release/recorded.ts";
import { UsageError } from "../usage.ts";

/** A stack's own file, beside the Pulumi.yaml of its project. */
export interface StackFile {
  /** The project's name. */
  readonly system: string;
  readonly file: string;
  readonly text: string;
  readonly config: Readonly<Record<string, unknown>>;
}

type Map = Record<string, unknown>;

/** Throws {@link UsageError} where it is not there, or no YAML. */
export async function readStackFile(project: string, stack: string): Promise<StackFile> {
  const { name } = (await read(join(project, "Pulumi.yaml"))).value;
  if (typeof name !== "string") throw new UsageError(`${join(project, "Pulumi.yaml")} has no name.`);
  const file = join(project, `Pulumi.${stack}.yaml`);
  const { text, value } = await read(file);
  return { system: name, file, text, config: isMap(value["config"]) ? value["config"] : {} };
}

/** The images that a stack file names, by their key. */
export function imagesIn({ config, system }: Pick<StackFile, "config" | "system">): Record<string, string> {
  const images = config[`${system}:images`];
  const entries = isMap(images) ? Object.entries(images) : [];
  return Object.fromEntries(entries.filter((entry): entry is [string, string] => typeof entry[1] === "string"));
}

/** Those that the system makes itself. */
export function ownImages(images: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(images).filter(([name]) => !madeByOthers.includes(name)));
}

/** The feature flags that it sets. */
export function flagsIn({ config, system }: Pick<StackFile, "config" | "system">): Record<string, boolean> {
  const flags = config[`${system}:featureFlags`];
  const entries = isMap(flags) ? Object.entries(flags) : [];
  return Object.fromEntries(entries.filter((entry): entry is [string, boolean] => typeof entry[1] === "boolean"));
}

async function read(file: string): Promise<{ text: string; value: Map }> {
  const text = await readFile(file, "utf8").catch(() => {
    throw new UsageError(`${file} is not there.`);
  });
  try {
    const value: unknown = parse(text) ?? {};
    return { text, value: isMap(value) ? value : {} };
  } catch (error) {
    throw new UsageError(`${file}: ${(error as Error).message.split("\n")[0]}`);
  }
}

export function isMap(value: unknown): value is Map {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
