import { existsSync, readFileSync, statSync } from "node:fs";
import { join, resolve } from "node:path";
import { parse } from "yaml";
import { z } from "zod";
import type { Aliases } from "../core/stage.ts";
import { readAliases } from "../core/stageAliases.ts";
import type { Run } from "./declared.ts";
import { openSecure } from "./secure.ts";
import { standInSecret } from "./standIns.ts";

/** What can't be rendered as it is asked for: one message, no stack trace. */
export class RenderError extends Error {
  override readonly name = "RenderError";
}

/** What a stack's own files lack. */
export interface Given {
  /** Configuration by its key, as `pulumi config set --path` takes it: `shop:images.api`. */
  readonly config?: Readonly<Record<string, unknown>>;
  /** Values of secrets by their key; every other one gets a stand-in. */
  readonly secrets?: Readonly<Record<string, string>>;
}

const declaredKey = z.object({ secret: z.boolean().optional(), value: z.unknown(), default: z.unknown() }).partial();
const projectFile = z.object({
  name: z.string(),
  main: z.string().optional(),
  config: z.record(z.string(), z.unknown()).default({}),
});
const stackFile = z.object({ config: z.record(z.string(), z.unknown()).nullish() }).nullable();

/** What the program of the project in this folder is run with for a stack. Throws {@link RenderError}. */
export function readRun(folder: string, stack: string, { config = {}, secrets = {} }: Given): Run {
  const project = read(join(folder, "Pulumi.yaml"), projectFile);
  const whole = (key: string) => (key.includes(":") ? key : `${project.name}:${key}`);
  const wholeKeys = (values: object) => Object.entries(values).map(([key, value]) => [whole(key), value] as const);
  const own = read(join(folder, `Pulumi.${stack}.yaml`), stackFile)?.config ?? {};
  const stated = [...wholeKeys(usual(project.config)), ...wholeKeys(own)];
  const values: Record<string, unknown> = { "palier:context": "none" };
  const hidden = new Map<string, readonly string[]>();
  for (const [key, given] of stated) {
    const { value, standIns } = openSecure(key.replace(/^.*:/, ""), given, standInSecret);
    values[key] = value;
    hidden.set(key, standIns);
  }
  for (const [path, value] of Object.entries(config)) setPath(values, whole(path), value);
  for (const [key, value] of wholeKeys(secrets)) {
    values[key] = value;
    hidden.set(key, [value]);
  }
  return {
    ...{ stack, project: project.name, program: programIn(resolve(folder, project.main ?? ".")) },
    config: Object.fromEntries(Object.entries(values).map(([key, value]) => [key, text(value)])),
    secretKeys: [...hidden].flatMap(([key, secrets]) => (secrets.length > 0 ? [key] : [])),
    secrets: [...hidden.values()].flat(),
  };
}

/**
 * The names of environments that are a project's own, as the configuration of one of its stacks, or of all, has them.
 * Throws {@link RenderError}.
 */
export function ownStages(folder: string, stack: string): Aliases {
  const project = usual(read(join(folder, "Pulumi.yaml"), projectFile).config);
  const file = join(folder, `Pulumi.${stack}.yaml`);
  const own = existsSync(file) ? read(file, stackFile)?.config : undefined;
  const value = { ...project, ...own }["palier:stages"];
  const { aliases, problems } = readAliases(value === undefined ? undefined : text(value));
  if (problems.length > 0) throw new RenderError(`palier:stages: ${problems.join("; ")}.`);
  return aliases;
}

/** What is structured as JSON, as the engine hands it over. */
function text(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}

/** What the project says of its keys, as a stack file would. */
function usual(config: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const values = Object.entries(config).map(([key, stated]) => {
    const { secret, value, default: usual } = declaredKey.safeParse(stated).data ?? { value: stated };
    return [key, secret ? { secure: "" } : (value ?? usual)];
  });
  return Object.fromEntries(values.filter(([, value]) => value !== undefined));
}

/** `shop:images.api` is the key `api` in the value of `shop:images`. */
function setPath(values: Record<string, unknown>, path: string, value: unknown): void {
  const [first = "", ...rest] = path.split(".");
  if (rest.length === 0) {
    values[first] = value;
    return;
  }
  const inner = { ...(values[first] as Record<string, unknown> | undefined) };
  setPath(inner, rest.join("."), value);
  values[first] = inner;
}

/** A folder's program, as the language host finds it. */
function programIn(path: string): string {
  if (!existsSync(path)) throw new RenderError(`${path} is not there: \`main\` of Pulumi.yaml names the program.`);
  if (!statSync(path).isDirectory()) return path;
  const manifest = join(path, "package.json");
  const { main } = existsSync(manifest) ? (JSON.parse(readFileSync(manifest, "utf8")) as { main?: string }) : {};
  const found = [main, "index.ts", "index.js"].find((name) => name && existsSync(join(path, name)));
  if (!found) throw new RenderError(`${path} holds no program: name it by \`main\` of Pulumi.yaml.`);
  return join(path, found);
}

function read<Schema extends z.ZodType>(file: string, schema: Schema): z.infer<Schema> {
  if (!existsSync(file)) throw new RenderError(`${file} is not there.`);
  const text = readFileSync(file, "utf8");
  try {
    return schema.parse(parse(text) ?? null);
  } catch (error) {
    const what = error instanceof z.ZodError ? z.prettifyError(error) : (error as Error).message;
    throw new RenderError(`${file}: ${what.split("\n")[0]}`);
  }
}
