import { openClone } from "../../../local/clone.ts";
import { prepareBuilder } from "../../../local/images/builder.ts";
import type { Recipe } from "../../../local/images/recipe.ts";
import { prepareImage } from "../../../local/images.ts";
import type { Machine } from "../machine.ts";

/** An image that a start does not bring by itself, in the node's registry. */
export async function made({ home, registry }: Machine, recipe: Recipe): Promise<string> {
  const { cache } = await openClone();
  const quiet = { say: () => {}, progress: () => {} };
  const builder = await prepareBuilder(quiet, { cache, home }, registry);
  return prepareImage(quiet, { cache, registry, builder }, recipe);
}
