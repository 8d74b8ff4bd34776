import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { parse } from "yaml";
import type { System } from "../systems.ts";
import { postgis } from "./postgis/recipe.ts";
import type { Recipe } from "./recipe.ts";

/** The recipe that a system's Postgres is made by in place of the plain one, where its tracked stack file asks for extensions of another. */
export async function postgresFor({ name, folder }: Pick<System, "name" | "folder">): Promise<Recipe | undefined> {
  const text = await readFile(join(folder, "Pulumi.dev.yaml"), "utf8").catch(() => "");
  const { config = {} } = (parse(text) ?? {}) as { config?: Record<string, unknown> };
  const asked = config[`${name}:extensions`];
  return Array.isArray(asked) && asked.some((one) => String(one).startsWith("postgis")) ? postgis : undefined;
}
