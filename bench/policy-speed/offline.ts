import { execFileSync, spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { stringify } from "yaml";
import { rules } from "../../policies/themes.ts";
import { kubeScore, kubeScoreVersion } from "../kubeScore.ts";
import { system } from "./objects.ts";
import { load, medians, pairs } from "./pairs.ts";

const objects = 2000;
const palier = join(import.meta.dirname, "../../dist/cli/palier.js");

/** `palier policy check` against kube-score on the same files: one app in ten careless, and all of them. */
export async function offline(work: string, rounds: number): Promise<string[]> {
  const score = kubeScore(work);
  const lines = [];
  for (const careless of [10, 1]) {
    const file = join(work, `careless-${careless}.yaml`);
    writeFileSync(file, stream(careless));
    const ours = () => seconds(process.execPath, [palier, "policy", "check", file]);
    const measured = await pairs(rounds, ours, () => seconds(score, ["score", "--output-format", "ci", file]));
    const { ours: us, other, ratio } = medians(measured, (one) => one);
    const what = careless === 1 ? "all apps careless" : `one app in ${careless} careless`;
    lines.push(
      `${objects} objects, ${what}: ${us.toFixed(2)} s, kube-score ${other.toFixed(2)} s, ratio ${ratio.toFixed(2)} (asked: below 1); ${load()}`,
    );
  }
  return [...lines, ...counts(score)];
}

function counts(score: string): string[] {
  const checks = execFileSync(score, ["list"], { encoding: "utf8" }).trim().split("\n");
  const unasked = checks.filter((line) => line.endsWith(",default")).length;
  const held = rules.filter(({ levels }) => levels.production !== "off").length;
  return [
    `palier: ${rules.length} rules, ${held} of them unasked in production; kube-score ${kubeScoreVersion}: ${checks.length} checks, ${unasked} of them unasked`,
  ];
}

/** Each object written out, as Helm and kubectl write them. */
function stream(careless: number): string {
  return system(objects, careless)
    .map((object) => stringify(object, { aliasDuplicateObjects: false }))
    .join("---\n");
}

/** Both end with 1 where they find something. */
async function seconds(program: string, args: string[]): Promise<number> {
  const since = performance.now();
  const { status, stderr } = spawnSync(program, args, { stdio: ["ignore", "pipe", "pipe"], maxBuffer: 256 << 20 });
  if (status !== 0 && status !== 1) throw new Error(`${program} ended with ${status}:\n${stderr}`);
  return (performance.now() - since) / 1000;
}
