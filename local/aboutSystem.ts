import { UsageError } from "../cli/usage.ts";
import { openClone } from "./clone.ts";
import { standInImages } from "./standInImages.ts";
import { LocalError } from "./steps.ts";
import { defaultSystem, findSystems, type System } from "./systems.ts";

/** Runs a command of the CLI for a system of this repository: the one that is named first, or the flagship. */
export async function aboutSystem(
  name: string,
  run: (argv: string[]) => Promise<number>,
  argv: string[],
): Promise<number> {
  const { root } = await openClone();
  const systems = await findSystems(root);
  const named = systems.find((system) => system.name === argv[0]);
  const system = named ?? systems.find((one) => one.name === defaultSystem)!;
  return runFor(system, name, run, named ? argv.slice(1) : argv);
}

/** Runs it for this one, with images for those that nobody has built yet. */
export function runFor(
  system: System,
  name: string,
  run: (argv: string[]) => Promise<number>,
  argv: string[],
): Promise<number> {
  return run(["--project", system.folder, ...standInImages(system), ...argv]).catch((error: unknown) => {
    throw error instanceof UsageError ? new LocalError(error.message, `npm run -s ${name} -- --help`) : error;
  });
}
