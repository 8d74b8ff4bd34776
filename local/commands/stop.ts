import { openClone } from "../clone.ts";
import { clusterStatus, stopCluster } from "../cluster.ts";
import { command } from "../command.ts";
import { printSteps } from "../steps.ts";

await command(async () => {
  const clone = await openClone();
  const { running } = await clusterStatus(clone);
  // Also where nothing runs: a node that was killed may have left mounts or rules.
  await printSteps(process.stdout).run("cluster", (step) => stopCluster(step, clone));
  const kept = `Its data is kept in ${clone.home}; npm start goes on with it, npm run clean removes it.`;
  console.log(running ? `\nStopped the node. ${kept}` : "\nNothing was running.");
  return 0;
});
