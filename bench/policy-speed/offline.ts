import { execFileSync, spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { stringify } from "yaml";
import { rules } from "../../policies/themes.ts";
import { system } from "./objects.ts";
import { median, medians, pairs } from "./pairs.ts";

const version = "v1.20.0";
const objects = 2000;

/** `palier policy check` against kube-score, on one file. */
export async function offline(work: string, rounds: number): Promise<string[]> {
  const score = kubeScore(work);
  const file = join(work, "system.yaml");
  writeFileSync(
    file,
    system(objects)
      .map((object) => stringify(object, { aliasDuplicateObjects: false }))
      .join("---\n"),
  );
  const palier = join(import.meta.dirname, "../../dist/cli/palier.js");
  const ours = () => seconds(process.execPath, [palier, "policy", "check", file]);
  const counted = (stage: "production") => rules.filter(({ levels }) => levels[stage] !== "off").length;
  const rulesSaid = `${rules.length} rules, of which ${counted("production")} hold in production unasked`;
  if (!score) {
    const times = [];
    for (let round = 0; round < rounds; round++) times.push(await ours());
    return [`palier policy check, ${objects} objects: ${median(times).toFixed(2)} s; ${rulesSaid}`];
  }
  const measured = await pairs(rounds, ours, () => seconds(score, ["score", "--output-format", "ci", file]));
  const time = medians(measured, (one) => one);
  const checks = execFileSync(score, ["list"], { encoding: "utf8" }).trim().split("\n");
  const unasked = checks.filter((line) => line.endsWith(",default")).length;
  return [
    `palier policy check, ${objects} objects: ${time.ours.toFixed(2)} s; ${rulesSaid}`,
    `kube-score ${version}, the same file: ${time.other.toFixed(2)} s; ${checks.length} checks, of which ${unasked} unasked`,
    `ratio ${time.ratio.toFixed(2)} (asked: below 1)`,
  ];
}

/** Both end with 1 where they find something. */
function seconds(program: string, args: string[]): Promise<number> {
  const since = performance.now();
  const { status, stderr } = spawnSync(program, args, { stdio: ["ignore", "pipe", "pipe"], maxBuffer: 256 << 20 });
  if (status !== 0 && status !== 1) throw new Error(`${program} ended with ${status}:\n${stderr}`);
  return Promise.resolve((performance.now() - since) / 1000);
}

/** Installed as its own documentation says; undefined where there is no Go. */
function kubeScore(folder: string): string | undefined {
  const env = { ...process.env, GOBIN: folder, PATH: `${process.env["PATH"]}:/usr/local/go/bin` };
  const program = `github.com/zegl/kube-score/cmd/kube-score@${version}`;
  const { status, stderr, error } = spawnSync("go", ["install", program], { env, encoding: "utf8" });
  if (status === 0) return join(folder, "kube-score");
  console.log(`kube-score can't be installed, so nothing is compared: ${error?.message ?? stderr.trim()}`);
  return undefined;
}
