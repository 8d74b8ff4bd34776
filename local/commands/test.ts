import { testHome } from "../clean.ts";
import { openClone } from "../clone.ts";
import { command } from "../command.ts";
import { embeddedGround } from "../ground.ts";
import { endsWell } from "../interrupt.ts";
import { machinePath } from "../machine-file.ts";
import { whyNoNode } from "../proof/ability.ts";
import { type Counts, summarize, together } from "../proof/counts.ts";
import { clearLeftovers, stopNodes } from "../proof/leftovers.ts";
import { runMocha, runProgram, runStage, runTool, testFiles } from "../proof/stages.ts";
import { printSteps } from "../steps.ts";
import { findSystems } from "../systems.ts";

await command(async () => {
  const own = await openClone();
  // A node, state and ports of its own: what npm start has put up stays as it is.
  const clone = await openClone({ ...process.env, PALIER_HOME: testHome(own) });
  const files = await testFiles(clone);
  const noNode = await whyNoNode();
  const stages = [
    await runStage("lint", () => runProgram(clone, `@biomejs/cli-linux-${process.arch}/biome`, ["check", "."])),
    await runStage("types", () => runTool(clone, "typescript/bin/tsc", ["--noEmit"])),
    await runStage("unit", () => runMocha(clone, { reporter: "dot", files: files.unit })),
    await runStage("node", () => onNode(testNode)),
  ];
  console.log(summarize(stages));
  return stages.some((stage) => stage.failed > 0) ? 1 : 0;

  async function testNode(): Promise<Counts> {
    const env = environment(noNode);
    const apart = await runMocha(clone, { reporter: "spec", files: files.node, jobs: 2, env });
    return together(apart, await runMocha(clone, { reporter: "spec", files: files.alone, env }));
  }

  function environment(why: string | undefined): Record<string, string> {
    return why ? { PALIER_TEST_NO_MACHINE: why } : { PALIER_TEST_MACHINE: machinePath(clone) };
  }

  async function onNode(work: () => Promise<Counts>): Promise<Counts> {
    if (noNode) return work();
    const steps = printSteps(process.stdout);
    const stop = (): Promise<void> => steps.run("cluster", (step) => stopNodes(step, clone));
    return endsWell(stop, async () => {
      await stop(); // it runs when the last test was killed
      await clearLeftovers(own, clone);
      try {
        const [system] = await findSystems(clone.root);
        await embeddedGround(steps, clone, system!);
        return await work();
      } finally {
        await stop();
      }
    });
  }
});
