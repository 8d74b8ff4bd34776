import { createHash } from "node:crypto";
import { copyFile, mkdir, mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { debianParts, debianVersions } from "../debian.ts";
import type { Step } from "../steps.ts";
import { buildAndPush } from "./build.ts";
import type { Builder } from "./builder.ts";
import type { Recipe } from "./recipe.ts";
import { Rootfs } from "./rootfs.ts";

/** A tag that changes with everything the image is made of; undefined while its packages are not fetched. */
export async function recipeTag(cache: string, recipe: Recipe): Promise<string | undefined> {
  const versions = await debianVersions(cache, recipe.packages);
  if (versions.length === 0) return undefined;
  const hash = createHash("sha256").update(JSON.stringify([recipe.name, recipe.ingredients, process.arch, versions]));
  const shared = ["recipe.ts", "rootfs.ts"].map((file) => join(import.meta.dirname, file));
  const own = (await readdir(sources(recipe))).sort().map((file) => join(sources(recipe), file));
  for (const file of [...shared, ...own]) hash.update(await readFile(file));
  return `local-${hash.digest("hex").slice(0, 12)}`;
}

function sources(recipe: Recipe): string {
  return join(import.meta.dirname, recipe.name);
}

/** Makes an image from Debian packages and pushes it. Returns its digest. */
export async function make(
  step: Step,
  cache: string,
  builder: Builder,
  recipe: Recipe,
  repository: string,
): Promise<string> {
  const debian = await debianParts(step, cache, recipe.packages);
  const context = await mkdtemp(join(builder.storage, `${recipe.name}-`));
  try {
    for (const file of await readdir(sources(recipe))) await copyFile(join(sources(recipe), file), join(context, file));
    const rootfs = new Rootfs(join(context, "rootfs"), debian);
    await mkdir(join(context, "work"));
    await rootfs.begin();
    await recipe.fill(rootfs, join(context, "work"));
    return await buildAndPush(builder, { context }, `${repository}:${await recipeTag(cache, recipe)}`);
  } finally {
    await rm(context, { recursive: true, force: true });
  }
}
