import { node } from "./node/recipe.ts";
import { postgres } from "./postgres/recipe.ts";
import type { Recipe } from "./recipe.ts";
import { redis } from "./redis/recipe.ts";

/** In the order of the time they take. */
export const recipes: readonly Recipe[] = [postgres, node, redis];
