import { readWish } from "../arguments.ts";
import { openClone } from "../clone.ts";
import { command } from "../command.ts";
import { throughEdge } from "../edge/bring.ts";
import { edgeWords } from "../edge/words.ts";
import { farewell } from "../farewell.ts";
import { release } from "../stack/release.ts";
import { printSteps } from "../steps.ts";
import { findSystems } from "../systems.ts";
import { wishedGround } from "../wished-ground.ts";

await command(async (argv) => {
  const clone = await openClone();
  const systems = await findSystems(clone.root);
  const wish = readWish(argv, systems);
  const steps = printSteps(process.stdout);
  const ground = await wishedGround(steps, clone, wish);
  const ports = wish.edge ? await throughEdge(steps, ground, wish.environment) : undefined;
  const { tally, outputs, healthy } = await release(steps, ground, wish.environment, wish.preview);
  console.log(farewell(wish, tally, outputs, healthy));
  if (ports && !wish.preview) console.log(await edgeWords(ground, wish.environment, ports));
  return 0;
});
