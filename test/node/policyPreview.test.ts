import { deepEqual, doesNotMatch, equal, match } from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { delimiter, dirname, join, resolve } from "node:path";
import { parse } from "yaml";
import { describeOnNode } from "./machine.ts";

const root = resolve(import.meta.dirname, "../..");
const tracked = () =>
  execFileSync("git", ["ls-files", "-co", "--exclude-standard"], { cwd: root, encoding: "utf8" }).trim().split("\n");

interface Sarif {
  runs: {
    automationDetails: { id: string };
    results: {
      ruleId: string;
      level: string;
      locations: { physicalLocation: { artifactLocation: { uri: string }; region: { startLine: number } } }[];
    }[];
  }[];
}

/** The commands of this repository's own workflow, as a pull request runs them. */
const steps: string[] = parse(readFileSync(join(root, ".github/workflows/policies.yml"), "utf8"))
  .jobs.preview.steps.map(({ run }: { run?: string }) => run)
  .filter((run: string | undefined) => run !== undefined && run !== "npm ci");

describeOnNode("the workflow for pull requests", function (machine) {
  this.timeout("5m");
  let clone: string;

  before("check out", () => {
    clone = mkdtempSync(join(machine.home, "workflow-"));
    for (const file of tracked().filter((file) => existsSync(join(root, file))))
      cpSync(join(root, file), join(clone, file));
    symlinkSync(join(root, "node_modules"), join(clone, "node_modules"));
  });
  after(() => rmSync(clone, { recursive: true, force: true }));

  /** With the engine of the machine, and no cluster, backend or passphrase. */
  function run(command: string) {
    const { PULUMI_HOME, PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION } = machine.env;
    const PATH = [dirname(machine.pulumi), dirname(machine.node), process.env["PATH"]].join(delimiter);
    const env = { ...process.env, PATH, PULUMI_HOME, PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION };
    return spawnSync("bash", ["-eo", "pipefail", "-c", command], { cwd: clone, env, encoding: "utf8" });
  }
  const sarif = (): Sarif => JSON.parse(readFileSync(join(clone, "policies.sarif"), "utf8"));

  it("passes as the project is, leaves the stack files alone, and writes SARIF for each environment", () => {
    equal(steps.length, 1);
    const before = readFileSync(join(clone, "Pulumi.staging.yaml"), "utf8");
    const { status, stdout, stderr } = run(steps[0]!);
    equal(status, 0, stderr);
    match(stdout, /^staging: 0 refused, \d+ advised$/m);
    deepEqual(
      sarif().runs.map(({ automationDetails }) => automationDetails.id),
      ["palier/dev/", "palier/staging/", "palier/production/"],
    );
    equal(readFileSync(join(clone, "Pulumi.staging.yaml"), "utf8"), before);
  });

  it("refuses a change that breaks a rule, and annotates the line that does [AV-11 P-01]", () => {
    const file = join(clone, "stacks/avnir/index.ts");
    const before = readFileSync(file, "utf8");
    const added =
      '\nimport * as k8s from "@pulumi/kubernetes";\nnew k8s.core.v1.ConfigMap("open", { data: { CORS_ALLOW_ORIGINS: "*" } });\n';
    writeFileSync(file, before + added);
    const { status, stdout } = run(steps[0]!.replace("dev staging production", "staging"));
    writeFileSync(file, before);
    equal(status, 1);
    match(stdout, /stacks\/avnir\/index\.ts:\d+: refused \[no-open-cors\]/);
    const [found] = sarif().runs[0]!.results.filter(({ level }) => level === "error");
    const { artifactLocation, region } = found!.locations[0]!.physicalLocation;
    equal(found!.ruleId, "no-open-cors");
    deepEqual([artifactLocation.uri, region.startLine], ["stacks/avnir/index.ts", before.split("\n").length + 2]);
  });

  it("refuses what a component refuses by itself, too [AV-11 P-01]", () => {
    const { status, stdout } = run(
      `${steps[0]!.trim()} --set 'avnir:cors[0]=*'`.replace("dev staging production", "staging"),
    );
    equal(status, 1);
    match(stdout, /refused \[no-open-cors\] Job/);
  });

  it("ends with 2 where the program can't run, and shows no stand-in", () => {
    const { status, stderr } = run(
      "node cli/palier.ts policy preview staging --secret avnir:STRIPE_SECRET_KEY=hush-hush",
    );
    equal(status, 2);
    match(stderr, /staging can't be previewed:[\s\S]*images/);
    doesNotMatch(stderr, /hush|^\s+at /m);
  });
});
