/**
 * How fast the policy pack is: its start, what it adds to a preview, and `palier policy check` against kube-score.
 *
 *     npm run -s policy-speed                 all of it: some minutes; kube-score where Go is installed
 *     npm run -s policy-speed -- --quick      one round of each, the largest system left out
 *
 * Needs `npm ci` and Linux, and no cluster. It compiles the pack as it is shipped, and measures pair by pair against a pack
 * with one policy that does nothing: trust the ratios, not the times of a busy machine.
 */
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { cpus, tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { RunningPack } from "../test/policies/runningPack.ts";
import { emptyPack } from "./policy-speed/emptyPack.ts";
import { system } from "./policy-speed/objects.ts";
import { offline } from "./policy-speed/offline.ts";
import { load, median, medians, pairs } from "./policy-speed/pairs.ts";
import { preview } from "./policy-speed/preview.ts";
import { requestsOf } from "./policy-speed/requests.ts";

const quick = process.argv.includes("--quick");
const rounds = quick ? 1 : 5;
const sizes = quick ? [40, 400] : [40, 400, 2000];
const root = resolve(import.meta.dirname, "..");
const work = mkdtempSync(join(tmpdir(), "palier-bench-"));
const [pack, empty] = [join(root, "dist/policies"), emptyPack(join(work, "empty"))];

async function startTime(folder: string): Promise<number> {
  const running = await RunningPack.start(folder);
  await running.stop();
  return running.startMilliseconds;
}

/** The first start after the pack was compiled, and those that find what it has kept. */
async function starts(): Promise<void> {
  const pair = { ours: () => startTime(pack), other: () => startTime(empty) };
  const first = medians(await pairs(1, pair.ours, pair.other), (one) => one);
  // Long enough for it to be written.
  await preview(pack, requestsOf(system(400)));
  const next = medians(await pairs(rounds, pair.ours, pair.other), (one) => one);
  const told = ({ ours, other, ratio }: typeof next) =>
    `the pack ${ours.toFixed(0)} ms, an empty one ${other.toFixed(0)} ms, ratio ${ratio.toFixed(2)}`;
  console.log(`\nstart: ${told(next)} (asked: at most 1.3); the very first: ${told(first)}; ${load()}`);
}

/** Prints what a preview of this many objects takes; what the pack adds to each object, in milliseconds. */
async function previews(objects: number): Promise<number> {
  const requests = requestsOf(system(objects));
  const measured = await pairs(
    objects > 1000 ? Math.min(rounds, 3) : rounds,
    () => preview(pack, requests),
    () => preview(empty, requests),
  );
  const time = medians(measured, ({ milliseconds }) => milliseconds);
  const memory = medians(measured, ({ peakBytes }) => peakBytes / 1e6);
  const added = median(measured.map(({ ours, other }) => (ours.milliseconds - other.milliseconds) / objects));
  const [inAll, nothing] = [time.ours, time.other].map(
    (one) => `${one.toFixed(0)} ms (${(one / objects).toFixed(2)} each)`,
  );
  const [held, least] = [memory.ours, memory.other].map((one) => `${one.toFixed(0)} MB`);
  console.log(
    `${objects} objects: ${inAll}, empty pack ${nothing}, ratio ${time.ratio.toFixed(2)}, adds ${added.toFixed(2)} ms to each; ` +
      `at most ${held}, empty ${least}, ratio ${memory.ratio.toFixed(2)}; says ${measured[0]!.ours.diagnostics} things; ${load()}`,
  );
  return added;
}

try {
  console.log(`${cpus().length} cores, ${load()}; Node ${process.version}; medians of ${rounds} pairs`);
  execFileSync("npm", ["run", "--silent", "prepack"], { cwd: root, stdio: ["ignore", "inherit", "ignore"] });
  await starts();
  console.log(
    "\nwhat a preview waits for the pack (remediate and analyze each object, then the stack; start not counted):",
  );
  const added: number[] = [];
  for (const objects of sizes) added.push(await previews(objects));
  const slope = added.at(-1)! / added[0]!;
  console.log(
    `slope: the pack adds to an object among ${sizes.at(-1)} ${slope.toFixed(2)} times what it adds to one among ${sizes[0]} (linear: 1)`,
  );
  console.log(`\nwithout an engine, against kube-score:\n${(await offline(work, rounds)).join("\n")}`);
} finally {
  rmSync(work, { recursive: true, force: true });
}
