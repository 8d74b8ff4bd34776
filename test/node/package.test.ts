import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { readFileSync, rmSync, statSync } from "node:fs";
import { join, resolve } from "node:path";
import { stringify } from "yaml";
import { digestIn } from "../../local/images/registry.ts";
import { pack, patientNpm, type Tarball } from "../pack.ts";
import { answers } from "./answers.ts";
import { eventually } from "./eventually.ts";
import { describeOnNode } from "./machine.ts";
import { TrialProject } from "./trial-project.ts";

const root = resolve(import.meta.dirname, "../..");

/** The TypeScript block of the README that makes this: what a user copies. */
function exampleOfReadme(what = "new palier.Environment"): string {
  const readme = readFileSync(join(root, "README.md"), "utf8");
  const blocks = [...readme.matchAll(/```ts\n([\s\S]*?)```/g)].map((match) => match[1]!);
  const meant = blocks.filter((block) => block.includes(what));
  assert.equal(meant.length, 1);
  return meant[0]!;
}

function peers(): string[] {
  const { peerDependencies } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  return Object.keys(peerDependencies).map((name) => {
    const { version } = JSON.parse(readFileSync(join(root, "node_modules", name, "package.json"), "utf8"));
    return `${name}@${version}`;
  });
}

/** Of the package: a size that grows is noticed when it does, not by those who wait for their CI. */
const most = { files: 1750, packed: 750, unpacked: 2300 };

describeOnNode("the packed package, in somebody else's project", function (machine) {
  this.timeout("8m");
  const trial = new TrialProject(machine, "package");
  const port = machine.nodePortFirst + 40;
  const policies = join(trial.folder, "node_modules/palier/dist/policies");
  const compiled = () => statSync(join(root, "dist"), { throwIfNoEntry: false })?.mtimeMs;
  const compiledBefore = compiled();
  let tarball: Tarball;

  before("npm pack, npm install", async () => {
    tarball = pack(trial.folder);
    rmSync(join(trial.folder, "node_modules"));
    const flags = ["install", "--ignore-scripts", "--no-audit", "--no-fund", "--silent"];
    execFileSync("npm", [...flags, tarball.path, ...peers()], {
      cwd: trial.folder,
      env: { ...process.env, ...patientNpm },
      encoding: "utf8",
      stdio: ["ignore", "pipe", "pipe"],
    });
    trial.write("index.ts", exampleOfReadme());
    const repository = "avnir/api";
    const digest = await eventually(
      async () =>
        (await digestIn(machine.registry, repository, "local")) ?? digestIn(machine.registry, repository, "dev"),
    );
    const images = { ...machine.images, api: `${machine.registry}/${repository}@${digest}` };
    const config = {
      "palier:context": machine.context,
      "palier:kubeconfig": machine.kubeconfig,
      "trial:images": images,
      "trial:nodePort": port,
    };
    trial.write("Pulumi.dev.yaml", stringify({ config }));
    assert.equal((await trial.run("stack", "init", "dev")).code, 0);
  });

  after(async () => {
    await trial.run("destroy", "--yes", "--skip-preview", "--stack", "dev");
    trial.remove();
  });

  it("is packed of a copy: whoever packs at the same time has a folder of its own to compile into", () => {
    assert.equal(compiled(), compiledBefore);
  });

  it(`is small: at most ${most.files} files, ${most.packed} KB, ${most.unpacked} KB unpacked, and nothing of our own tests and tools`, () => {
    const { files, packed, unpacked } = tarball;
    assert.deepEqual(
      files.filter(
        (file) =>
          !/^(dist\/|docs\/(logs|runbooks)\/|package\.json$|README\.md$|LICENSE$)/.test(file) ||
          /\.test\.|^dist\/local\//.test(file),
      ),
      [],
    );
    assert.ok(
      files.length <= most.files && packed <= most.packed && unpacked <= most.unpacked,
      JSON.stringify({ files: files.length, packed, unpacked }),
    );
  });

  it("previews and comes up from the README's lines, with the pack from node_modules", async () => {
    const preview = await trial.run("preview", "--stack", "dev", "--policy-pack", policies);
    assert.equal(preview.code, 0, preview.output);
    const up = await trial.run("up", "--yes", "--skip-preview", "--stack", "dev", "--policy-pack", policies);
    assert.equal(up.code, 0, up.output);
    assert.match(up.output, /palier@v?0\.1\.0/);
    await answers(`http://127.0.0.1:${port}/api/health`);
  });

  it("is refused by the pack when it breaks a rule, before anything is changed [AV-11 P-01]", async () => {
    trial.write(
      "open.ts",
      exampleOfReadme().replace('"shop");', '"shop");\nimport * as k8s from "@pulumi/kubernetes";\n') +
        'new k8s.core.v1.ConfigMap("open", { metadata: { namespace: environment.namespace }, data: { CORS_ALLOW_ORIGINS: "*" } });\n',
    );
    trial.write("Pulumi.production.yaml", readFileSync(join(trial.folder, "Pulumi.dev.yaml"), "utf8"));
    trial.write("Pulumi.yaml", "name: trial\nruntime: {name: nodejs, options: {typescript: false}}\nmain: open.ts\n");
    assert.equal((await trial.run("stack", "init", "production")).code, 0);
    const { code, output } = await trial.run("preview", "--stack", "production", "--policy-pack", policies);
    assert.notEqual(code, 0);
    assert.match(output, /no-open-cors/);
  });

  it("brings the test kit, and renders without an engine", () => {
    trial.write("Pulumi.yaml", "name: trial\nruntime: {name: nodejs, options: {typescript: false}}\nmain: index.ts\n");
    trial.write("Pulumi.staging.yaml", readFileSync(join(trial.folder, "Pulumi.dev.yaml"), "utf8"));
    trial.write("kit.test.ts", exampleOfReadme("palier/testing"));
    const run = (...args: string[]) =>
      spawnSync(process.execPath, args, { cwd: trial.folder, encoding: "utf8", env: { PATH: process.env["PATH"] } });
    const kit = run("kit.test.ts");
    assert.equal(kit.status, 0, kit.stderr);
    const rendered = run("node_modules/palier/dist/cli/palier.js", "render", "staging");
    assert.equal(rendered.status, 0, rendered.stderr);
    assert.match(rendered.stdout, /^kind: Namespace$/m);
  });

  it("brings the palier command, which judges manifests without an engine [P-01]", () => {
    const program = join(trial.folder, "node_modules/palier/dist/cli/palier.js");
    const input = 'kind: ConfigMap\nmetadata: { name: settings }\ndata: { CORS_ORIGIN: "*" }\n';
    const run = spawnSync(process.execPath, [program, "policy", "check"], { input, encoding: "utf8" });
    assert.equal(run.status, 1, run.stderr);
    assert.match(run.stdout, /standard input:3: refused \[no-open-cors\]/);
  });
});
