import { command } from "../command.ts";
import { type Counts, requirements, summarize, together } from "../proof/counts.ts";
import { runMocha, runProgram, runStage, runTool, testFiles } from "../proof/stages.ts";
import { openTestNode } from "../proof/testNode.ts";
import { LocalError } from "../steps.ts";

await command(async (argv) => {
  const other = argv.find((word) => word !== "--edge");
  if (other) throw new LocalError(`"${other}" is not known; the one flag is --edge.`, "npm test -- --edge");
  const edge = argv.includes("--edge");
  const node = await openTestNode(edge);
  const { clone, env } = node;
  const files = await testFiles(clone);
  const stages = [
    await runStage("lint", () => runProgram(clone, `@biomejs/cli-linux-${process.arch}/biome`, ["check", "."])),
    await runStage("types", () => runTool(clone, "typescript/bin/tsc", ["--noEmit"])),
    await runStage("unit", () => runMocha(clone, { reporter: "dot", files: files.unit })),
    await runStage("node", () => node.with(testNode)),
  ];
  console.log(summarize(stages, requirements(stages)));
  return stages.some((stage) => stage.failed.length > 0) ? 1 : 0;

  async function testNode(): Promise<Counts> {
    const apart = await runMocha(clone, { reporter: "spec", files: files.node, jobs: 2, env });
    return together(apart, await runMocha(clone, { reporter: "spec", files: files.alone, env }));
  }
});
