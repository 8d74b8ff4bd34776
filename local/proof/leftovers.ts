import { existsSync } from "node:fs";
import { glob, readdir } from "node:fs/promises";
import { dirname, join } from "node:path";
import { remove } from "../clean.ts";
import { type Clone, openClone } from "../clone.ts";
import { stopCluster } from "../cluster.ts";
import type { Step } from "../steps.ts";

/** Costly to make again, and nothing that a test could stumble over. */
const kept = new Set(["bin", "images", "ports.json", "pulumi"]);

/** Stops the node of `npm test`, and those of clones that tests have made. Their logs stay. */
export async function stopNodes(step: Step, tested: Clone): Promise<void> {
  for (const home of await nodesBelow(tested.home)) {
    await stopCluster(step, await openClone({ ...process.env, PALIER_HOME: home }));
  }
}

/** Removes what an earlier run of `npm test` left, so that one which was cut off is no trouble to the next. */
export async function clearLeftovers(own: Clone, tested: Clone): Promise<void> {
  const names = (await readdir(tested.home)).filter((name) => !kept.has(name));
  await remove(
    names.map((name) => ({ path: join(tested.home, name), what: "left by a test", bytes: 0 })),
    own,
  );
}

/** The homes in which there is, or was, a node. */
async function nodesBelow(home: string): Promise<string[]> {
  const found = existsSync(join(home, "cluster/settings.json")) ? [home] : [];
  for await (const path of glob("clones-*/*/cluster/settings.json", { cwd: home })) {
    found.push(dirname(dirname(join(home, path))));
  }
  return found;
}
