import { readWish } from "../arguments.ts";
import { openClone } from "../clone.ts";
import { command } from "../command.ts";
import { farewell } from "../farewell.ts";
import { release } from "../stack/release.ts";
import { printSteps } from "../steps.ts";
import { findSystems } from "../systems.ts";

await command(async (argv) => {
  const clone = await openClone();
  const systems = await findSystems(clone.root);
  const wish = readWish(argv, systems);
  const steps = printSteps(process.stdout);
  const ground = wish.context
    ? await (await import("../own-cluster.ts")).ownGround(steps, clone, wish.system, wish.context)
    : await (await import("../ground.ts")).embeddedGround(steps, clone, wish.system);
  const { tally, outputs, healthy } = await release(steps, ground, wish.environment, wish.preview);
  console.log(farewell(wish, tally, outputs, healthy));
  return 0;
});
