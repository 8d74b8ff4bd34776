import { doesNotMatch, equal, match } from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { releaseRecordFile } from "../../core/records/recordFolder.ts";
import { describeOnNode } from "./machine.ts";
import { type Ran, TrialProject } from "./trial-project.ts";

const root = resolve(import.meta.dirname, "../..");
const digest = (letter: string) => `sha256:${letter.repeat(64)}`;
const reference = (letter: string) => `registry.example/shop/api@${digest(letter)}`;
/** The next Monday or Friday: records carry the machine's time, and the pack's clock must not be before it. */
function next(day: "monday" | "friday", time: string): string {
  const date = new Date(Date.now() + 86_400_000);
  while (date.getUTCDay() !== (day === "monday" ? 1 : 5)) date.setUTCDate(date.getUTCDate() + 1);
  return `${date.toISOString().slice(0, 10)}T${time}Z`;
}
const monday = next("monday", "10:00:00");
const friday = next("friday", "14:30:00");

const program = `
import * as random from "@pulumi/random";
export const made = new random.RandomId("id", { byteLength: 4 }).hex;
`;

/** The pack as it is, with a clock of the test's. */
const pack = `
import { PolicyPack } from "@pulumi/policy";
import { policiesFor } from "${root}/policies/adapter/policies.ts";
import { profiles } from "${root}/policies/profiles/index.ts";
import { release } from "${root}/policies/release/index.ts";
import { rules } from "${root}/policies/themes.ts";
new PolicyPack("palier", { policies: policiesFor({ rules, release, profiles }, () => new Date(process.env.TEST_CLOCK)) });
`;

describeOnNode("a release to production", (machine) => {
  let trial: TrialProject;
  let records: string;

  before(async () => {
    trial = new TrialProject(machine, "release");
    records = join(trial.folder, "records");
    trial.write("index.ts", program);
    trial.write("pack/PulumiPolicy.yaml", "runtime: {name: nodejs, options: {typescript: false}}\nmain: index.mjs\n");
    trial.write("pack/package.json", '{ "name": "pack", "version": "0.1.0", "main": "index.mjs" }');
    trial.write("pack/index.mjs", pack);
    await succeed(monday, "stack", "init", "production");
    await succeed(monday, "config", "set", "palier:records", records);
    await succeed(monday, "config", "set", "--path", "images.api", reference("a"));
    record("a", "--gate", "tests=passed", "--gate", "audit=0", "--gate", "lint=passed", "--gate", "types=passed");
    record("a", "--gate", "performance=passed", "--gate", "coverage=91", "--gate", "scan=0", "--commit", "0123abc");
    record("a", "--author", "Ann", "--change-document", "README.md", "--rollback-plan", "README.md");
  });

  after(() => trial.remove());

  function record(letter: string, ...args: string[]): void {
    const command = ["record", "add", reference(letter), "--system", "trial", "--records", records, ...args];
    const { status, stderr } = spawnSync(process.execPath, [join(root, "cli/palier.ts"), ...command], {
      cwd: root,
      encoding: "utf8",
    });
    equal(status, 0, stderr);
  }

  function run(now: string, ...args: string[]): Promise<Ran> {
    process.env["TEST_CLOCK"] = now;
    return trial.run(...args);
  }
  async function succeed(now: string, ...args: string[]): Promise<string> {
    const { code, output } = await run(now, ...args);
    equal(code, 0, output);
    return output;
  }
  const up = (now: string) => run(now, "up", "--yes", "--skip-preview", "--policy-pack", "pack");
  const preview = (now: string) => run(now, "preview", "--policy-pack", "pack");
  const made = async () => (JSON.parse(await succeed(monday, "stack", "export")).deployment.resources ?? []).length;

  it("is refused before anything is made while staging and people have not said yes [AV-03 DP-15 DP-64 P-09 P-14]", async () => {
    const { code, output } = await up(monday);
    equal(code, 1, output);
    match(output, /\[mandatory\].*staging-before-production[\s\S]*was never found healthy in staging/);
    match(output, /\[mandatory\].*human-approval[\s\S]*is approved by nobody/);
    doesNotMatch(output, /deploy-window|release-gates/);
    equal(await made(), 0);
  });

  it("is previewed at any hour, and says what `up` would refuse", async () => {
    const { code, output } = await preview(friday);
    equal(code, 0, output);
    match(output, /\[advisory\].*deploy-window[\s\S]*friday 1[56]:30/);
    match(output, /A preview goes on; pulumi up is refused\./);
  });

  it("goes through with all on record, and not on a Friday after three [AV-07 P-13]", async () => {
    record("a", "--verified-in", "staging", "--approved-by", "Bob");
    const refused = await up(friday);
    equal(refused.code, 1);
    match(refused.output, /\[mandatory\].*deploy-window/);
    equal(await made(), 0);
    const { code, output } = await up(monday);
    equal(code, 0, output);
    record("a", "--released-to", "production");
  });

  it("goes back on a Friday evening to what ran before, and only there [AV-07 P-13]", async () => {
    record("b", "--gate", "tests=passed", "--verified-in", "staging", "--released-to", "production");
    const { code, output } = await up(friday);
    equal(code, 0, output);
    await succeed(monday, "config", "set", "--path", "images.api", reference("b"));
    match((await up(friday)).output, /\[mandatory\].*deploy-window/);
  });

  it("is refused by a record that is missing, of another image, or damaged, and says which field [AV-04 P-10]", async () => {
    await succeed(monday, "config", "set", "--path", "images.api", reference("c"));
    match((await up(monday)).output, /trial:images\.api .*has no release record/);
    const [file, other] = ["a", "c"].map((letter) => releaseRecordFile(records, "trial", digest(letter)));
    writeFileSync(other!, readFileSync(file!));
    match((await up(monday)).output, /digest is sha256:a{64}, not that of its name/);
    const damaged = readFileSync(file!, "utf8").replaceAll(digest("a"), digest("c")).replace("91", '"91"');
    writeFileSync(other!, damaged);
    const { code, output } = await up(monday);
    equal(code, 1);
    match(output, /gates\.coverage\.measured: .*expected number/);
    match(output, /release-is-recorded/);
  });
});
