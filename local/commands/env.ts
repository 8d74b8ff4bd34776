import { openClone } from "../clone.ts";
import { command } from "../command.ts";
import { shellLines } from "../environment.ts";
import { readMachine } from "../machine-file.ts";
import { mergeProject } from "../stack/project.ts";
import { LocalError } from "../steps.ts";
import { defaultSystem, findSystems } from "../systems.ts";

// Nothing but shell lines on stdout: they are evaluated.
await command(async ([name = defaultSystem]) => {
  const clone = await openClone();
  const systems = await findSystems(clone.root);
  const system = systems.find((one) => one.name === name);
  if (!system)
    throw new LocalError(
      `"${name}" is no system: one of ${systems.map((one) => one.name).join(", ")}.`,
      "npm run -s env",
    );
  const { pulumi, kubectl, kubeconfig } = await readMachine(clone);
  await mergeProject(clone, system);
  console.log(shellLines(clone, system.name, { pulumi, kubectl, kubeconfig }));
  return 0;
});
