import { openClone } from "../../../local/clone.ts";
import { backup } from "../../../local/images/backup/recipe.ts";
import { prepareBuilder } from "../../../local/images/builder.ts";
import { prepareImage } from "../../../local/images.ts";
import type { Machine } from "../machine.ts";

/** What saves and restores, in the node's registry: a start does not bring it. */
export async function backupImage({ home, registry }: Machine): Promise<string> {
  const { cache } = await openClone();
  const quiet = { say: () => {}, progress: () => {} };
  const builder = await prepareBuilder(quiet, { cache, home }, registry);
  return prepareImage(quiet, { cache, registry, builder }, backup);
}
