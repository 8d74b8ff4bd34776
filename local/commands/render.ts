import { renderStack } from "../../cli/render.ts";
import { UsageError } from "../../cli/usage.ts";
import { readWish } from "../arguments.ts";
import { openClone } from "../clone.ts";
import { command } from "../command.ts";
import { standInImages } from "../standInImages.ts";
import { LocalError } from "../steps.ts";
import { findSystems } from "../systems.ts";

/** `npm run -s render -- [system] [environment] [--set KEY=VALUE]…`. */
await command(async (argv) => {
  const { root } = await openClone();
  const options = argv.findIndex((word) => word.startsWith("--"));
  const [words, rest] = options < 0 ? [argv, []] : [argv.slice(0, options), argv.slice(options)];
  const { system, environment } = readWish(words, await findSystems(root));
  return renderStack([environment, "--project", system.folder, ...standInImages(system), ...rest]).catch(
    (error: unknown) => {
      throw error instanceof UsageError ? new LocalError(error.message, "npm run -s render -- --help") : error;
    },
  );
});
