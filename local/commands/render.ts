import { renderStack } from "../../cli/render.ts";
import { UsageError } from "../../cli/usage.ts";
import { readWish } from "../arguments.ts";
import { openClone } from "../clone.ts";
import { command } from "../command.ts";
import { LocalError } from "../steps.ts";
import { findSystems } from "../systems.ts";

/** What a run fills in for its own registry: no image is built or asked for here. */
const images = ["api", "postgres", "redis"];

/** `npm run -s render -- [system] [environment] [--set KEY=VALUE]…`. */
await command(async (argv) => {
  const { root } = await openClone();
  const options = argv.findIndex((word) => word.startsWith("--"));
  const [words, rest] = options < 0 ? [argv, []] : [argv.slice(0, options), argv.slice(options)];
  const { system, environment } = readWish(words, await findSystems(root));
  const standIn = (name: string) => `registry.example/${name}@sha256:${"0".repeat(64)}`;
  const given = images.flatMap((name) => ["--set", `${system.name}:images.${name}=${standIn(name)}`]);
  return renderStack([environment, "--project", system.folder, ...given, ...rest]).catch((error: unknown) => {
    throw error instanceof UsageError ? new LocalError(error.message, "npm run -s render -- --help") : error;
  });
});
