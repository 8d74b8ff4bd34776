import { testHome } from "../clean.ts";
import { type Clone, openClone } from "../clone.ts";
import { bringEdge } from "../edge/bring.ts";
import { embeddedGround } from "../ground.ts";
import { endsWell } from "../interrupt.ts";
import { machinePath } from "../machine-file.ts";
import { printSteps } from "../steps.ts";
import { findSystems } from "../systems.ts";
import { whyNoNode } from "./ability.ts";
import { clearLeftovers, stopNodes } from "./leftovers.ts";

/** The node of the tests: with state and ports of its own, so that what npm start has put up stays as it is. */
export interface TestNode {
  readonly clone: Clone;
  /** What tests find it by; or why this machine can't have one. */
  readonly env: Record<string, string>;
  /** Runs something while the node is up, where this machine can have one. */
  with<Result>(work: () => Promise<Result>): Promise<Result>;
}

/** @param edge Traefik runs on it too. */
export async function openTestNode(edge = false): Promise<TestNode> {
  const own = await openClone();
  const clone = await openClone({ ...process.env, PALIER_HOME: testHome(own) });
  const noNode = await whyNoNode();
  return {
    clone,
    env: noNode ? { PALIER_TEST_NO_MACHINE: noNode } : { PALIER_TEST_MACHINE: machinePath(clone) },
    with: (work) => (noNode ? work() : onNode(own, clone, edge, work)),
  };
}

async function onNode<Result>(own: Clone, clone: Clone, edge: boolean, work: () => Promise<Result>): Promise<Result> {
  const steps = printSteps(process.stdout);
  const stop = (): Promise<void> => steps.run("cluster", (step) => stopNodes(step, clone));
  return endsWell(stop, async () => {
    await stop(); // it runs when the last test was killed
    await clearLeftovers(own, clone);
    try {
      const [system] = await findSystems(clone.root);
      const ground = await embeddedGround(steps, clone, system!);
      if (edge) await steps.run("edge", (step) => bringEdge(step, ground));
      return await work();
    } finally {
      await stop();
    }
  });
}
