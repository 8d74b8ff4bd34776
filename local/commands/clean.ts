import { existsSync } from "node:fs";
import { createInterface } from "node:readline/promises";
import { cacheRemovals, findRemovals, remove, testHome, testRemovals } from "../clean.ts";
import { openClone } from "../clone.ts";
import { stopCluster } from "../cluster.ts";
import { command } from "../command.ts";
import { describeSize } from "../size.ts";
import { LocalError, printSteps } from "../steps.ts";

await command(async (argv) => {
  const clone = await openClone();
  const tested = existsSync(testHome(clone));
  const clones = tested ? [clone, await openClone({ ...process.env, PALIER_HOME: testHome(clone) })] : [clone];
  const cache = argv.includes("--cache") ? await cacheRemovals(clone) : [];
  const removals = [...(await findRemovals(clone)), ...(await testRemovals(clone)), ...cache];
  console.log("This stops the node and removes:");
  for (const { path, what, bytes } of removals) console.log(`  ${describeSize(bytes).padStart(8)}  ${path}  ${what}`);
  if (cache.length === 0) console.log(`It keeps ${clone.cache}, which all clones share; --cache removes that too.`);
  if (!argv.includes("--yes") && !(await agreed())) {
    console.log("Nothing was removed.");
    return 0;
  }
  const steps = printSteps(process.stdout);
  for (const one of clones) await steps.run("cluster", (step) => stopCluster(step, one));
  await remove(removals, clone);
  console.log("Removed. npm start begins anew.");
  return 0;
});

async function agreed(): Promise<boolean> {
  if (!process.stdin.isTTY) throw new LocalError("Nobody is here to be asked.", "npm run clean -- --yes");
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  const answer = await terminal.question("Remove it? [y/N] ");
  terminal.close();
  return /^y(es)?$/i.test(answer.trim());
}
