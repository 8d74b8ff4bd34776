import type { Clone } from "./clone.ts";
import type { Cluster } from "./cluster.ts";
import { debianVersions } from "./debian.ts";
import { copyImage, inLayout } from "./images/build.ts";
import { type Builder, builderPackages, prepareBuilder } from "./images/builder.ts";
import { make, recipeTag } from "./images/make.ts";
import { publishedReached, publishedTag } from "./images/published.ts";
import type { Published, Recipe } from "./images/recipe.ts";
import { recipes } from "./images/recipes.ts";
import { digestIn } from "./images/registry.ts";
import type { Part } from "./part.ts";
import { elapsed, LocalError, type Step } from "./steps.ts";

/** References, with their digests, of the images that a local run brings. */
export interface Images {
  postgres: string;
  redis: string;
  /** What applications are built on. */
  nodeBase: string;
}

/** Where images are made and kept. */
export interface Place {
  cache: string;
  registry: string;
  builder: Builder;
}

/**
 * Puts the images into the node's registry, where they are not there yet.
 *
 * @param postgresOf Makes the Postgres that this run's system asks for, where the plain one lacks something.
 */
export async function prepareImages(
  step: Step,
  clone: Clone,
  { registry }: Pick<Cluster, "registry">,
  postgresOf?: Recipe,
): Promise<Images> {
  const wanted = postgresOf ? [...recipes, postgresOf] : recipes;
  const place = { cache: clone.cache, registry, builder: await prepareBuilder(step, clone, registry) };
  let done = 0;
  const prepare = async (recipe: Recipe): Promise<[string, string]> => {
    const reference = await prepareImage(step, place, recipe);
    step.progress(++done, wanted.length);
    return [recipe.name, reference];
  };
  const made = Object.fromEntries(await Promise.all(wanted.map(prepare)));
  const postgres = made[postgresOf?.name ?? "postgres"]!;
  return { postgres, redis: made["redis"]!, nodeBase: made["node"]! };
}

/** Puts one into the registry, where it is not there yet. Returns its reference, with its digest. */
export async function prepareImage(step: Step, place: Place, recipe: Recipe): Promise<string> {
  const digest = (await digestOf(place, recipe)) ?? (await bring(step, place, recipe));
  return `${place.registry}/palier/${recipe.name}@${digest}`;
}

/** The digest of what is already in the registry, from wherever it came. */
async function digestOf({ registry, cache }: Place, recipe: Recipe): Promise<string | undefined> {
  const tags = [recipe.published && publishedTag(recipe.published), await recipeTag(cache, recipe)];
  for (const tag of tags) {
    const digest = tag && (await digestIn(registry, `palier/${recipe.name}`, tag));
    if (digest) return digest;
  }
  return undefined;
}

async function bring(step: Step, place: Place, recipe: Recipe): Promise<string> {
  const start = performance.now();
  const { name, published } = recipe;
  const fromThere = published && (await publishedReached()) && (await copied(step, place, name, published));
  if (!fromThere) await made(step, place, recipe);
  const inPlace = published ? `, in place of ${published.repository}` : "";
  const origin = fromThere ? `${published.repository}:${published.version}` : `from Debian packages${inPlace}`;
  step.say(`${name}: ${origin}, ${elapsed(performance.now() - start)}`);
  return (await digestOf(place, recipe))!;
}

async function copied(step: Step, { registry, builder }: Place, name: string, published: Published): Promise<boolean> {
  const { repository, digest } = published;
  try {
    await copyImage(
      builder,
      `docker://${repository}@${digest}`,
      `${registry}/palier/${name}:${publishedTag(published)}`,
    );
    return true;
  } catch (error) {
    step.say(`${name}: ${repository} can't be copied (${lastLine(error)})`);
    return false;
  }
}

async function made(step: Step, { cache, registry, builder }: Place, recipe: Recipe): Promise<void> {
  try {
    const layout = await make(step, cache, builder, recipe);
    const tag = await recipeTag(cache, recipe);
    await copyImage(builder, inLayout(layout), `${registry}/palier/${recipe.name}:${tag}`);
  } catch (error) {
    if (error instanceof LocalError) throw error;
    throw new LocalError(
      `The ${recipe.name} image can't be made from Debian packages: ${(error as Error).message}`,
      "run this again; what is made is kept. npm run doctor lists what is missing.",
    );
  }
}

function lastLine(error: unknown): string {
  return (error as Error).message.trim().split("\n").at(-1)!;
}

/** The image builder, for the list of parts. */
export async function inspectImages({ cache }: Pick<Clone, "cache">): Promise<Part[]> {
  const packages = await debianVersions(cache, builderPackages);
  const version = packages.find(({ name }) => name === "buildah")?.version;
  const remedy = version ? undefined : "npm start fetches it";
  return [
    { name: "image builder (buildah)", version: version ?? "none yet", origin: "debian", official: true, remedy },
  ];
}
