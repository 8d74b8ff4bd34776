import { renderStack } from "../../cli/render.ts";
import { runFor } from "../aboutSystem.ts";
import { readWish } from "../arguments.ts";
import { openClone } from "../clone.ts";
import { command } from "../command.ts";
import { findSystems } from "../systems.ts";

/** `npm run -s render -- [system] [environment] [--set KEY=VALUE]…`. */
await command(async (argv) => {
  const { root } = await openClone();
  const options = argv.findIndex((word) => word.startsWith("--"));
  const [words, rest] = options < 0 ? [argv, []] : [argv.slice(0, options), argv.slice(options)];
  const { system, environment } = readWish(words, await findSystems(root));
  return runFor(system, "render", renderStack, [environment, ...rest]);
});
