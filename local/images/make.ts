import { createHash } from "node:crypto";
import { copyFile, mkdir, mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { debianParts, debianVersions } from "../debian.ts";
import type { Step } from "../steps.ts";
import { type Builder, buildAndPush } from "./buildah.ts";
import { ingredients, type Recipe } from "./recipes.ts";
import { Rootfs } from "./rootfs.ts";

/** A tag that changes with everything the image is made of. */
export async function recipeTag(cache: string, recipe: Recipe): Promise<string> {
  const hash = createHash("sha256").update(JSON.stringify([recipe.name, recipe.packages, recipe.owned, ingredients]));
  for (const file of ["recipes.ts", "rootfs.ts"]) hash.update(await readFile(join(import.meta.dirname, file)));
  hash.update(JSON.stringify(await debianVersions(cache, recipe.packages)));
  for (const file of (await readdir(sources(recipe))).sort()) hash.update(await readFile(join(sources(recipe), file)));
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
  reference: string,
): Promise<string> {
  const debian = await debianParts(step, cache, recipe.packages);
  await mkdir(builder.storage, { recursive: true });
  const context = await mkdtemp(join(builder.storage, `${recipe.name}-`));
  try {
    for (const file of await readdir(sources(recipe))) await copyFile(join(sources(recipe), file), join(context, file));
    const rootfs = new Rootfs(join(context, "rootfs"), [debian]);
    await rootfs.begin();
    await recipe.fill(rootfs, context);
    for (const folder of recipe.owned) await mkdir(join(context, "owned", folder), { recursive: true });
    return await buildAndPush(builder, { context }, reference);
  } finally {
    await rm(context, { recursive: true, force: true });
  }
}
