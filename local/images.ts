import type { Clone } from "./clone.ts";
import type { Cluster } from "./cluster.ts";
import { debianParts, debianVersions } from "./debian.ts";
import { type Builder, builderPackages, prepareBuilder } from "./images/buildah.ts";
import { make, recipeTag } from "./images/make.ts";
import { copyPublished, publishedReached } from "./images/published.ts";
import { type Recipe, recipes } from "./images/recipes.ts";
import { digestIn } from "./images/registry.ts";
import type { Part } from "./part.ts";
import { LocalError, type Step } from "./steps.ts";

/** References, with their digests, of the images that a local run brings. */
export interface Images {
  postgres: string;
  redis: string;
  /** What applications are built on. */
  nodeBase: string;
}

/** Puts the images into the node's registry, where they are not there yet. */
export async function prepareImages(step: Step, clone: Clone, { registry }: Cluster): Promise<Images> {
  const builder = await prepareBuilder(step, clone.cache, clone.home);
  const made: Record<string, string> = {};
  for (const [index, recipe] of recipes.entries()) {
    step.progress(index, recipes.length);
    made[recipe.name] = await prepareImage(step, clone.cache, builder, recipe, registry);
  }
  return { postgres: made["postgres"]!, redis: made["redis"]!, nodeBase: made["node"]! };
}

async function prepareImage(
  step: Step,
  cache: string,
  builder: Builder,
  recipe: Recipe,
  registry: string,
): Promise<string> {
  const repository = `palier/${recipe.name}`;
  const tag = await recipeTag(cache, recipe);
  const there = (await digestIn(registry, repository, "published")) ?? (await digestIn(registry, repository, tag));
  if (there) return `${registry}/${repository}@${there}`;
  const start = performance.now();
  const published = await publishedReached();
  const source = published
    ? `docker.io/${recipe.published}`
    : `Debian packages, in place of docker.io/${recipe.published}`;
  try {
    const digest = published
      ? await copyPublished(builder, recipe.published, `${registry}/${repository}:published`)
      : await make(
          step,
          cache,
          builder,
          recipe,
          `${registry}/${repository}:${await recipeTagAfter(step, cache, recipe)}`,
        );
    step.say(`${recipe.name}: from ${source}, ${((performance.now() - start) / 1000).toFixed(0)} s`);
    return `${registry}/${repository}@${digest}`;
  } catch (error) {
    if (error instanceof LocalError) throw error;
    const reason = (error as Error).message;
    throw new LocalError(
      `The ${recipe.name} image can't be made from ${source}: ${reason}`,
      "run this again; what is made is kept.",
    );
  }
}

/** The tag names the packages' versions, which are known only once they are fetched. */
async function recipeTagAfter(step: Step, cache: string, recipe: Recipe): Promise<string> {
  await debianParts(step, cache, recipe.packages);
  return recipeTag(cache, recipe);
}

/** The image builder, for the list of parts. */
export async function inspectImages(clone: Clone): Promise<Part[]> {
  const packages = await debianVersions(clone.cache, builderPackages);
  const version = packages.find(({ name }) => name === "buildah")?.version;
  return [
    {
      name: "image builder (buildah)",
      version: version ?? "none yet",
      origin: "debian",
      official: true,
      remedy: version ? undefined : "npm start fetches it",
    },
  ];
}
