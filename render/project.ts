import { existsSync, readFileSync, statSync } from "node:fs";
import { join, resolve } from "node:path";
import { parse } from "yaml";
import { z } from "zod";
import type { Run } from "./declared.ts";
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
  const file = join(folder, "Pulumi.yaml");
  const project = read(file, projectFile);
  const whole = (key: string) => (key.includes(":") ? key : `${project.name}:${key}`);
  const own = read(join(folder, `Pulumi.${stack}.yaml`), stackFile)?.config ?? {};
  const values: Record<string, unknown> = { "palier:context": "none" };
  const secretKeys = new Set(Object.keys(secrets).map(whole));
  for (const [key, stated] of Object.entries(project.config)) {
    const { secret, value, default: usual } = declaredKey.safeParse(stated).data ?? { value: stated };
    if (secret) secretKeys.add(whole(key));
    else if ((value ?? usual) !== undefined) values[whole(key)] = value ?? usual;
  }
  for (const [key, value] of Object.entries(own)) {
    if (isSecure(value)) secretKeys.add(whole(key));
    else values[whole(key)] = value;
  }
  for (const [path, value] of Object.entries(config)) setPath(values, whole(path), value);
  const open = Object.entries(values).map(([key, value]) => [
    key,
    typeof value === "string" ? value : JSON.stringify(value),
  ]);
  const given = Object.fromEntries(Object.entries(secrets).map(([key, value]) => [whole(key), value]));
  const hidden = [...secretKeys].map((key) => [key, given[key] ?? standInSecret(key.replace(/^.*:/, ""))]);
  return {
    ...{ stack, project: project.name, secretKeys: [...secretKeys] },
    program: programIn(resolve(folder, project.main ?? ".")),
    config: Object.fromEntries([...open, ...hidden]),
  };
}

function isSecure(value: unknown): boolean {
  return typeof value === "object" && value !== null && "secure" in value;
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
