import assert from "node:assert/strict";
import { setTimeout as sleep } from "node:timers/promises";
import { describeOnNode } from "./machine.ts";
import { TrialProject } from "./trial-project.ts";

const program = `
import * as pulumi from "@pulumi/pulumi";
import * as random from "@pulumi/random";
import * as tls from "@pulumi/tls";
const config = new pulumi.Config();
const password = new random.RandomPassword("password", {
  length: config.requireNumber("length"),
  keepers: { generation: config.get("generation") ?? "1" },
});
const key = new tls.PrivateKey("key", { algorithm: "ECDSA", ecdsaCurve: "P256" });
const cert = new tls.SelfSignedCert("cert", {
  privateKeyPem: key.privateKeyPem,
  subject: { commonName: "trial" },
  dnsNames: ["trial.test"],
  allowedUses: ["server_auth"],
  validityPeriodHours: 24,
});
export const result = password.result;
export const privateKey = key.privateKeyPem;
export const certificate = cert.certPem;
export const given = config.requireSecret("given");
`;

const pack = `
import * as pulumi from "@pulumi/pulumi";
import { PolicyPack } from "@pulumi/policy";
const length: number = new pulumi.Config("trial").requireNumber("shortest");
new PolicyPack("trial-pack", {
  policies: [{
    name: "long-enough",
    description: "Passwords are long enough.",
    enforcementLevel: "mandatory",
    validateResource: (args, report) => {
      if (args.type !== "random:index/randomPassword:RandomPassword" || args.props["length"] >= length) return;
      report([pulumi.getOrganization(), pulumi.getProject(), pulumi.getStack(), pulumi.runtime.isDryRun()].join("/"));
    },
  }],
});
`;

describeOnNode("engine with language host, random and tls", (machine) => {
  let trial: TrialProject;

  before(async () => {
    trial = new TrialProject(machine, "engine");
    trial.write("index.ts", program);
    trial.write("pack/PulumiPolicy.yaml", "runtime: {name: nodejs, options: {typescript: false}}\nmain: index.ts\n");
    trial.write(
      "pack/package.json",
      '{ "name": "trial-pack", "version": "0.1.0", "type": "module", "main": "index.ts" }',
    );
    trial.write("pack/index.ts", pack);
    const commands = [
      ["stack", "init", "dev"],
      ["config", "set", "length", "20"],
      ["config", "set", "shortest", "12"],
      ["config", "set", "--secret", "given", "hush-given-by-the-test"],
    ];
    for (const command of commands) await succeed(...command);
  });

  after(() => trial.remove());

  async function succeed(...args: string[]): Promise<string> {
    const { code, output } = await trial.run(...args);
    assert.equal(code, 0, output);
    return output;
  }

  it("previews, and makes what it previewed", async () => {
    assert.match(await succeed("preview"), /\+ 4 to create/);
    assert.match(await succeed("up", "--yes", "--skip-preview"), /\+ 4 created/);
    assert.match(await succeed("stack", "output", "certificate"), /-----BEGIN CERTIFICATE-----/);
  });

  it("finds nothing to do the second time, nor on refresh", async () => {
    assert.match(await succeed("up", "--yes", "--skip-preview", "--expect-no-changes"), /4 unchanged/);
    assert.match(await succeed("refresh", "--yes", "--skip-preview", "--expect-no-changes"), /4 unchanged/);
  });

  it("stores no secret in clear, generated or given", async () => {
    const output = JSON.parse(await succeed("stack", "output", "--show-secrets", "--json"));
    assert.equal(output.result.length, 20);
    const stored = trial.stored();
    assert.match(stored, /randomPassword/);
    for (const secret of [output.result, output.given, "PRIVATE KEY"]) assert.ok(!stored.includes(secret));
    assert.match(await succeed("stack", "output", "result"), /\[secret\]/);
  });

  it("makes a password anew when a keeper changes, and nothing else", async () => {
    await succeed("config", "set", "generation", "2");
    assert.match(await succeed("preview", "--diff"), /keepers\s*: {\s*~ generation: "1" => "2"/);
    assert.match(await succeed("up", "--yes", "--skip-preview"), /\+-1 replaced\s+3 unchanged/);
  });

  it("runs a policy pack that knows its stack, and stops what it forbids, in preview and up", async () => {
    const withPack = ["--policy-pack", "pack"];
    assert.match(await succeed("preview", ...withPack), /trial-pack@v0\.1\.0/);
    await succeed("config", "set", "length", "8");
    const preview = await trial.run("preview", ...withPack);
    assert.notEqual(preview.code, 0);
    assert.match(preview.output, /organization\/trial\/dev\/true/);
    const up = await trial.run("up", "--yes", "--skip-preview", ...withPack);
    assert.notEqual(up.code, 0);
    assert.match(up.output, /organization\/trial\/dev\/false/);
    assert.equal(JSON.parse(await succeed("stack", "output", "--show-secrets", "--json")).result.length, 20);
  });

  it("refuses a wrong input by its name, and reports a failing program once", async () => {
    await succeed("config", "set", "length", "0");
    const wrong = await trial.run("preview");
    assert.match(wrong.output, /length is 0; a whole number from 1 on is needed/);
    await succeed("config", "rm", "given");
    const { code, output } = await trial.run("preview");
    assert.notEqual(code, 0);
    assert.match(output, /Missing required configuration variable 'trial:given'/);
    assert.doesNotMatch(output, /non-zero exit code/);
    await succeed("config", "set", "--secret", "given", "hush-given-by-the-test");
    await succeed("config", "set", "length", "20");
  });

  it("leaves no plugin and no program alive when the engine is killed", async () => {
    trial.write("index.ts", `${program}\nawait new Promise((done) => setTimeout(done, 120_000));`);
    const engine = trial.start("preview", "--policy-pack", "pack");
    const parts = ["pulumi-language-nodejs|local/host", "cmd/run", "run-policy-pack", "random", "tls"];
    await until(() => parts.every((part) => trial.processes().some((line) => new RegExp(part).test(line))));
    process.kill(engine.pid!, "SIGKILL");
    await until(() => trial.processes().length === 0, 5_000);
    trial.write("index.ts", program);
    await succeed("cancel", "--yes");
  });

  it("destroys all of it", async () => {
    assert.match(await succeed("destroy", "--yes", "--skip-preview"), /- 4 deleted/);
    assert.deepEqual(trial.processes(), []);
  });

  async function until(reached: () => boolean, patience = 60_000): Promise<void> {
    const end = Date.now() + patience;
    while (!reached()) {
      assert.ok(Date.now() < end, `still running:\n${trial.processes().join("\n")}`);
      await sleep(100);
    }
  }
});
