import { createHash } from "node:crypto";
import { access, copyFile, mkdir, mkdtemp, readdir, readFile, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { debianParts, debianVersions } from "../debian.ts";
import type { Step } from "../steps.ts";
import { build, writeLayout } from "./build.ts";
import { type Builder, buildah } from "./builder.ts";
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

/** Where the image is in the cache once it is made. */
export async function layoutOf(cache: string, recipe: Recipe): Promise<string> {
  return join(cache, "images", `${recipe.name}-${await recipeTag(cache, recipe)}`);
}

function sources(recipe: Recipe): string {
  return join(import.meta.dirname, recipe.context ?? recipe.name);
}

/** An image made from Debian packages, as a folder in the OCI layout: made once for all clones. */
export async function make(step: Step, cache: string, builder: Builder, recipe: Recipe): Promise<string> {
  const debian = await debianParts(step, cache, recipe.packages);
  const layout = await layoutOf(cache, recipe);
  if (await isThere(layout)) return layout;
  await mkdir(join(cache, "images"), { recursive: true });
  const work = await mkdtemp(`${layout}.`);
  try {
    const context = await contextOf(recipe, debian, work);
    const id = await build(builder, { context }, `palier/${recipe.name}`);
    await writeLayout(builder, id, join(work, "layout"));
    await buildah(builder, ["rmi", "--force", id]);
    await rename(join(work, "layout"), layout).catch(async (error) => {
      if (!(await isThere(layout))) throw error; // otherwise another clone was faster
    });
    return layout;
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

async function contextOf(recipe: Recipe, debian: string, work: string): Promise<string> {
  const [context, meanwhile] = [join(work, "context"), join(work, "meanwhile")];
  for (const folder of [context, meanwhile]) await mkdir(folder);
  for (const file of await readdir(sources(recipe))) await copyFile(join(sources(recipe), file), join(context, file));
  const rootfs = new Rootfs(join(context, "rootfs"), debian);
  await rootfs.begin();
  await recipe.fill(rootfs, meanwhile);
  return context;
}

function isThere(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
