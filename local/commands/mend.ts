import { readWish } from "../arguments.ts";
import { openClone } from "../clone.ts";
import { command } from "../command.ts";
import { mendStack } from "../stack/mend.ts";
import { stackNames } from "../stack/stacks.ts";
import { printSteps } from "../steps.ts";
import { findSystems } from "../systems.ts";
import { wishedGround } from "../wished-ground.ts";

/** What `npm start` does before an update, for all stacks of a system: after a kill -9 of a plain pulumi. */
await command(async (argv) => {
  const clone = await openClone();
  const wish = readWish(argv, await findSystems(clone.root));
  const steps = printSteps(process.stdout);
  const ground = await wishedGround(steps, clone, wish);
  const { name } = wish.system;
  const mended: string[] = [];
  for (const stack of await stackNames(ground.clone, name)) {
    if (await steps.run(stack, (step) => mendStack(step, ground, stack))) mended.push(stack);
  }
  const what = mended.length > 0 ? `Mended ${mended.join(", ")} of ${name}` : `No stack of ${name} needed mending`;
  console.log(`\n${what}: the command that was cut off goes on from here.`);
  return 0;
});
