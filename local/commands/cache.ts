import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { loadCache } from "../cache/load.ts";
import { type CachePart, cacheParts } from "../cache/parts.ts";
import { saveCache } from "../cache/save.ts";
import { type Clone, openClone } from "../clone.ts";
import { command } from "../command.ts";
import { describeSize, sizeOf } from "../size.ts";
import { LocalError, printSteps, type Step } from "../steps.ts";

const uses = { save, load };

await command(async ([use, file, ...rest]) => {
  if (!(use === "save" || use === "load") || file === undefined || rest.length > 0) {
    const given = process.argv.slice(2).join(" ") || "nothing";
    throw new LocalError(
      `npm run cache takes save or load and a file, and was given: ${given}.`,
      "npm run cache -- save FILE",
    );
  }
  const clone = await openClone();
  await printSteps(process.stdout).run(use, (step) => uses[use](step, clone, resolve(file)));
  return 0;
});

async function save(step: Step, clone: Clone, file: string): Promise<void> {
  const parts = await cacheParts(clone);
  const lacking = parts.filter((part) => part.needed && isMissing(clone, part));
  if (lacking.length > 0) {
    const names = lacking.map(({ path }) => path).join(", ");
    throw new LocalError(
      `${clone.cache} lacks what a start needs: ${names}.`,
      "npm start, which makes it; then save again.",
    );
  }
  const there = parts.filter((part) => !isMissing(clone, part));
  const saved = await saveCache(step, clone.cache, there, file);
  for (const { path, bytes, packedBytes } of saved.parts) {
    step.say(`${describeSize(bytes).padStart(8)}  ${path}, packed ${describeSize(packedBytes)}`);
  }
  step.say(`${describeSize(await sizeOf(file)).padStart(8)}  ${file}`);
}

async function load(step: Step, clone: Clone, file: string): Promise<void> {
  const { taken, present, passedOver } = await loadCache(step, clone.cache, file);
  for (const { path, bytes } of taken) step.say(`${describeSize(bytes).padStart(8)}  ${path}`);
  for (const { path } of present) step.say(`   there  ${path}`);
  for (const { part, why } of passedOver) step.say(`left out  ${part.path}: ${why}`);
  const bytes = taken.reduce((sum, part) => sum + part.bytes, 0);
  step.say(`took ${taken.length} parts, ${describeSize(bytes)}; ${present.length} were there already`);
  const left = (await cacheParts(clone)).filter((part) => part.needed && isMissing(clone, part));
  const rest = left.map(({ path }) => path).join(", ");
  step.say(rest ? `npm start still has to make: ${rest}` : "nothing is left to build");
}

function isMissing({ cache }: Clone, { path }: CachePart): boolean {
  return !existsSync(join(cache, path));
}
