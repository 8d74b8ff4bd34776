import { mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { openClone } from "../clone.ts";
import { command } from "../command.ts";
import { summarize } from "../proof/counts.ts";
import { runMocha, runStage } from "../proof/stages.ts";
import { openTestNode } from "../proof/testNode.ts";
import { LocalError } from "../steps.ts";

/** What takes longer than anybody waits for a test, by its file; `npm test` runs a short form of each. */
const proofs: Record<string, { file: string; what: string }> = {
  prevention: { file: "test/node/prevention.test.ts", what: "each preventive rule, by an update of its own (20 min)" },
};

/** `npm run proof [name]`: goes on where it was cut off; `--anew` begins anew. */
await command(async (argv) => {
  const names = argv.filter((word) => word !== "--anew");
  const unknown = names.find((name) => !(name in proofs));
  if (unknown) {
    const list = Object.entries(proofs).map(([name, { what }]) => `${name}: ${what}`);
    throw new LocalError(`There is no proof "${unknown}".`, `npm run proof -- NAME, of these:\n  ${list.join("\n  ")}`);
  }
  const node = await openTestNode();
  const folder = join((await openClone()).home, "proofs");
  await mkdir(folder, { recursive: true });
  const stages = [];
  for (const name of names.length > 0 ? names : Object.keys(proofs)) {
    const done = join(folder, `${name}.json`);
    if (argv.includes("--anew")) await rm(done, { force: true });
    const env = { ...node.env, PALIER_PROOF: name, PALIER_PROOF_DONE: done };
    const run = () => runMocha(node.clone, { reporter: "spec", files: [proofs[name]!.file], env });
    const stage = await runStage(name, () => node.with(run));
    if (stage.failed === 0) await rm(done, { force: true });
    stages.push(stage);
  }
  console.log(summarize(stages));
  return stages.some((stage) => stage.failed > 0) ? 1 : 0;
});
