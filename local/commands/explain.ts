import { explain } from "../../cli/explain/explain.ts";
import { UsageError } from "../../cli/usage.ts";
import { openClone } from "../clone.ts";
import { command } from "../command.ts";
import { standInImages } from "../standInImages.ts";
import { LocalError } from "../steps.ts";
import { defaultSystem, findSystems } from "../systems.ts";

/** `npm run -s explain -- [system] [component] [--environment NAME] [--json]`. */
await command(async (argv) => {
  const { root } = await openClone();
  const systems = await findSystems(root);
  const named = systems.find(({ name }) => name === argv[0]);
  const system = named ?? systems.find(({ name }) => name === defaultSystem)!;
  const rest = named ? argv.slice(1) : argv;
  return explain(["--project", system.folder, ...standInImages(system), ...rest]).catch((error: unknown) => {
    throw error instanceof UsageError ? new LocalError(error.message, "npm run -s explain -- --help") : error;
  });
});
