import { deepEqual, equal, match, ok } from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { pipeline, pipelineFiles } from "../../../cli/pipeline/pipeline.ts";
import { pipelineSpec } from "../../../cli/pipeline/spec.ts";
import { systemNames } from "../../systems.ts";
import { temporaryFolder } from "../../temporary.ts";
import { ran } from "../ran.ts";
import { committed, inOrder, made, shellOf, workflowOf } from "./files.ts";

const actionlintVersion = "v1.7.12";

describe("palier pipeline", () => {
  for (const system of systemNames) {
    it(`has made what stands in stacks/${system}/pipeline`, () => deepEqual(committed(system), made(system)));

    it(`${system}: builds once, and releases in the order of checks, staging, verify, approval, production, verify`, () => {
      const { jobs } = workflowOf(system);
      deepEqual(jobs["staging"]!.needs, ["build"]);
      ok(jobs["build"]!.needs!.every((id) => jobs[id]!.if.startsWith("github.event_name == 'pull_request'")));
      equal(Object.values(jobs).filter((job) => shellOf(job).includes("docker build")).length, 1);
      ok(inOrder(shellOf(jobs["build"]!), "docker build", "trivy image", "docker push", "palier record add"));
      ok(inOrder(shellOf(jobs["staging"]!), "pulumi up --yes --stack staging", "palier verify staging"));
      const parts = [
        "palier promote staging production",
        "pulumi up --yes --stack production",
        "palier verify production",
      ];
      ok(inOrder(shellOf(jobs["production"]!), ...parts, "--released-to production", "SLACK_WEBHOOK"));
    });

    it(`${system}: has the fewest rights, one release of an environment at a time, and a time for every job`, () => {
      const { permissions, jobs } = workflowOf(system);
      deepEqual(permissions, { contents: "read" });
      for (const [id, job] of Object.entries(jobs)) {
        ok(job["timeout-minutes"] > 0, id);
        equal(job.permissions?.["contents"] === "write", shellOf(job).includes("release-records"), id);
        if (job.environment === undefined) continue;
        deepEqual(job.concurrency, { group: `${system}-${job.environment}`, "cancel-in-progress": false });
      }
    });

    it(`${system}: is plain shell: no value of GitHub's can become a command, and each step is whole for bash`, () => {
      for (const file of Object.keys(committed(system)).filter(
        (name) => name.endsWith(".yml") && !name.startsWith("gitlab"),
      )) {
        for (const job of Object.values(workflowOf(system, file).jobs)) {
          for (const { run } of job.steps.filter(({ run }) => run !== undefined)) {
            ok(!run!.includes("${{"), run);
            equal(spawnSync("bash", ["-n"], { input: run!, encoding: "utf8" }).stderr, "");
          }
        }
      }
      const gitlab = parse(committed(system)["gitlab-ci.yml"]!) as Record<string, { script?: string[] }>;
      for (const { script = [] } of Object.values(gitlab))
        for (const line of script) equal(spawnSync("bash", ["-n"], { input: line, encoding: "utf8" }).stderr, "");
    });
  }

  it("passes actionlint, which knows the schema of GitHub's workflows", function () {
    this.timeout("10m");
    const folder = temporaryFolder("actionlint");
    const env = { ...process.env, GOBIN: folder, CGO_ENABLED: "0" };
    const program = `github.com/rhysd/actionlint/cmd/actionlint@${actionlintVersion}`;
    execFileSync("go", ["install", program], { env, stdio: ["ignore", "ignore", "pipe"] });
    const lint = (file: string) =>
      spawnSync(join(folder, "actionlint"), ["-no-color", "-shellcheck=", "-pyflakes=", file], { encoding: "utf8" });
    for (const system of systemNames) {
      equal(lint(join("stacks", system, "pipeline", "deploy.yml")).stdout, "");
    }
    equal(lint(join("stacks", "yonima", "artefacts", "mobile.yml")).stdout, "");
    const broken = join(folder, "broken.yml");
    writeFileSync(broken, committed("avnir")["deploy.yml"]!.replace("timeout-minutes", "timeout-hours"));
    match(lint(broken).stdout, /unexpected key "timeout-hours"/);
  });

  it("GitLab's has the same steps, a job that answers a failure, and one release at a time", () => {
    for (const system of systemNames) {
      const gitlab = parse(committed(system)["gitlab-ci.yml"]!);
      const { jobs } = workflowOf(system);
      const shell = (id: string) => gitlab[id].script.join("\n") as string;
      for (const [id, job] of Object.entries(jobs)) {
        const own = job.steps.filter(({ run, name }) => run && name !== "ask who approved");
        for (const { run, if: failing } of own)
          ok(shell(failing ? `${id}-return` : id).includes(run!.trim()), `${id}: ${run}`);
      }
      equal(gitlab["production-return"].rules[0].when, "on_failure");
      equal(gitlab["production"].resource_group, `${system}-production`);
    }
    equal(parse(committed("avnir")["gitlab-ci.yml"]!).production.rules[0].when, "manual");
  });

  it("takes what docs/pipelines.md shows", () => {
    const [, example] = /```yaml\n([\s\S]*?)```/.exec(readFileSync("docs/pipelines.md", "utf8")) ?? [];
    ok(
      inOrder(
        pipelineFiles("mapquiz", pipelineSpec.parse(parse(example!)))["deploy.yml"]!,
        "name: Deploy",
        "timeout-minutes: 8",
      ),
    );
  });

  const refused = (change: (text: string) => string, ...args: string[]) => {
    const file = join(temporaryFolder("pipeline"), "pipeline.yaml");
    writeFileSync(file, change(readFileSync("stacks/avnir/pipeline.yaml", "utf8")));
    return ran(() => pipeline(["--spec", file, ...args]));
  };
  for (const [what, change, args, says] of [
    [
      "a gate that the rules ask for and nothing proves",
      [", gate: audit", ""],
      [],
      /the profile avnir asks for audit, and no step proves it/,
    ],
    ["a gate that is none", ["gate: audit", "gate: luck"], [], /checks\.test\.steps\.5\.gate: /],
    ["a profile that is none", ["profile: avnir", "profile: moon"], [], /profile: there is no "moon"\. Profiles: /],
    ["a time that is none", ["minutes: 20", "minutes: 20s"], [], /checks\.test\.minutes: .*expected number/],
    ["a word that it does not know", ["approval:", "aproval:"], [], /approval: .*Unrecognized key: "aproval"/s],
    ["no YAML", ["name: Deploy Pipeline", "name: ["], [], /pipeline\.yaml: /],
    ["another CI", ["", ""], ["--for", "jenkins"], /--for "jenkins"\. Allowed: github, gitlab/],
    ["a project that is not there", ["", ""], ["--project", "/nowhere"], /\/nowhere\/Pulumi\.yaml is not there/],
  ] as const) {
    it(`refuses ${what}`, async () => {
      const { status, stderr, stdout } = await refused((text) => text.replace(change[0], change[1]), ...args);
      deepEqual([status, stdout], [2, ""]);
      match(stderr, says);
    });
  }
}).timeout(60_000);
