import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { render } from "../../render/render.ts";
import { byHand, countObjects } from "./byHand.ts";
import { median, moduleFiles, stack, type Trials, tsNodeFiles } from "./trials.ts";

const rounds = 5;

/** AVNIR's dev against a program written by hand that declares the same objects, in turns so that the machine's other work falls on all alike. */
export async function flagship(trials: Trials, project: string): Promise<string[]> {
  const palier = trials.folder("palier", { "Pulumi.yaml": withoutBackend(join(project, "Pulumi.yaml")) });
  const program = byHand(await render({ project: palier, stack }));
  const folders = {
    palier,
    "by hand, the same loader": trials.folder("by-hand", moduleFiles(program)),
    "by hand, ts-node": trials.folder("ts-node", tsNodeFiles(program)),
  };
  const seconds: Record<string, number[]> = {};
  for (let round = 0; round < rounds; round++) {
    for (const [name, folder] of Object.entries(folders)) {
      seconds[name] = [...(seconds[name] ?? []), trials.preview(folder).seconds];
    }
  }
  const medians = Object.entries(seconds).map(([name, all]) => ({ name, middle: median(all) }));
  const [ours, same, tsNode] = medians.map(({ middle }) => middle) as [number, number, number];
  const lines = readFileSync(resolve(import.meta.dirname, "../../stacks/avnir/index.ts"), "utf8").split("\n").length;
  return [
    ...medians.map(({ name, middle }) => `${middle.toFixed(2)} s  ${name}`),
    `ratio palier / by hand: ${(ours / same).toFixed(2)} (asked: at most 1.15)`,
    `ratio ts-node / type stripping, by hand: ${(tsNode / same).toFixed(2)}`,
    `objects ${countObjects(program)}; lines of the stack ${lines}`,
  ];
}

/** The state is the trial's own. */
function withoutBackend(file: string): string {
  return readFileSync(file, "utf8").replace(/^backend:\n( .*\n)*/m, "");
}
