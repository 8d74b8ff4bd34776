import { readWish } from "../arguments.ts";
import { openClone } from "../clone.ts";
import { command } from "../command.ts";
import { shellLines } from "../environment.ts";
import { readMachine } from "../machine-file.ts";
import { ownGround } from "../own-cluster.ts";
import { mergeProject } from "../stack/project.ts";
import { printSteps } from "../steps.ts";
import { findSystems } from "../systems.ts";

// Nothing but shell lines on stdout: they are evaluated.
await command(async (argv) => {
  const clone = await openClone();
  const systems = await findSystems(clone.root);
  const wish = readWish(argv, systems);
  if (wish.context) {
    const ground = await ownGround(printSteps(process.stderr), clone, wish.system, wish.context);
    console.log(shellLines(ground.clone, wish.system.name, ground.tools));
    return 0;
  }
  const { pulumi, kubectl, kubeconfig } = await readMachine(clone);
  await mergeProject(clone, wish.system);
  console.log(shellLines(clone, wish.system.name, { pulumi, kubectl, kubeconfig }));
  return 0;
});
