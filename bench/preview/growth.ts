import { join } from "node:path";
import { stringify } from "yaml";
import { render } from "../../render/render.ts";
import { byHand, countObjects } from "./byHand.ts";
import { type Measured, median, moduleFiles, stack, type Trials } from "./trials.ts";

/** How many times every component; of the first that has 150 objects the ratio is told. */
const sizes = [1, 3, 7, 15];
const rounds = 3;

interface Size {
  objects: number;
  palier: Measured;
  byHand: Measured;
}

/** Every component, more and more of them, against the same objects written by hand. */
export async function growth(trials: Trials): Promise<string[]> {
  const measured: Size[] = [];
  for (const times of sizes) measured.push(await measure(trials, times));
  const [first, last] = [measured[0]!, measured.at(-1)!];
  const whole = measured.find(({ objects }) => objects >= 150)!;
  const slope = (of: "palier" | "byHand", what: keyof Measured) =>
    (last[of][what] - first[of][what]) / (last.objects - first.objects);
  return [
    ...measured.map(told),
    `ratio palier / by hand at ${whole.objects} objects: ${(whole.palier.seconds / whole.byHand.seconds).toFixed(2)} (asked: at most 1.15)`,
    `each object more: palier ${(slope("palier", "seconds") * 1000).toFixed(1)} ms and ${slope("palier", "peak").toFixed(2)} MiB; by hand ${(slope("byHand", "seconds") * 1000).toFixed(1)} ms and ${slope("byHand", "peak").toFixed(2)} MiB`,
    `furthest from that line between the ends: ${(furthest(measured) * 100).toFixed(0)} % (a straight line: 0)`,
  ];
}

async function measure(trials: Trials, times: number): Promise<Size> {
  const main = join(import.meta.dirname, "everything.ts");
  const yaml = stringify({ name: "avnir", runtime: { name: "nodejs", options: { typescript: false } }, main });
  const folder = trials.folder(`everything-${times}`, { "Pulumi.yaml": yaml });
  const config = { "bench:times": String(times) };
  const program = byHand(await render({ project: folder, stack, config }));
  const hand = trials.folder(`everything-${times}-by-hand`, moduleFiles(program));
  const pairs = Array.from({ length: rounds }, () => [trials.preview(folder, config), trials.preview(hand)] as const);
  return {
    objects: countObjects(program),
    palier: middleOf(pairs.map(([ours]) => ours)),
    byHand: middleOf(pairs.map(([, theirs]) => theirs)),
  };
}

function middleOf(all: Measured[]): Measured {
  return { seconds: median(all.map(({ seconds }) => seconds)), peak: median(all.map(({ peak }) => peak)) };
}

function told({ objects, palier, byHand }: Size): string {
  const one = ({ seconds, peak }: Measured) => `${seconds.toFixed(2)} s, ${peak.toFixed(0)} MiB`;
  return `${String(objects).padStart(5)} objects: palier ${one(palier)}; by hand ${one(byHand)}`;
}

/** By how much of itself a time in the midst is off the line through the first and the last. */
function furthest(measured: Size[]): number {
  const [first, last] = [measured[0]!, measured.at(-1)!];
  const slope = (last.palier.seconds - first.palier.seconds) / (last.objects - first.objects);
  const onLine = ({ objects }: Size) => first.palier.seconds + (objects - first.objects) * slope;
  return Math.max(...measured.map((one) => Math.abs(one.palier.seconds - onLine(one)) / onLine(one)));
}
