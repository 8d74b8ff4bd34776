import { equal, match, ok } from "node:assert/strict";
import { execFile } from "node:child_process";
import { resolve } from "node:path";
import { promisify } from "node:util";
import { describeOnNode } from "./machine.ts";
import { type Ran, TrialProject } from "./trial-project.ts";

const pack = resolve(import.meta.dirname, "../../policies");

/** Deployments of a plain Pulumi program; `late` makes their containers outputs that only `up` knows. */
const program = `
import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import * as random from "@pulumi/random";
const config = new pulumi.Config();
const late = config.requireBoolean("late") ? new random.RandomId("late", { byteLength: 1 }).hex : "";
for (const [name, container] of Object.entries(config.requireObject<Record<string, object>>("containers"))) {
  const labels = { app: name };
  const containers = pulumi.output(late).apply(() => [container]);
  new k8s.apps.v1.Deployment(name, {
    metadata: { name: config.require("prefix") + name },
    spec: { replicas: 0, selector: { matchLabels: labels }, template: { metadata: { labels }, spec: { containers } } },
  });
}
`;

const image = `registry.example/api@sha256:${"a".repeat(64)}`;
const env = (name: string, value: string) => ({ env: [{ name, value }] });

interface Case {
  rows: string;
  bad: object;
  good: object;
  names: RegExp;
}

const cases: Record<string, Case> = {
  "no-open-cors": {
    rows: "AV-11 P-01",
    bad: env("CORS_ORIGIN", "*"),
    good: env("CORS_ORIGIN", "https://avnir.example"),
    names: /env\[0\]\.value \(CORS_ORIGIN\) = "\*".* Fix: name each origin exactly/s,
  },
  "no-debug-in-production": {
    rows: "AV-10 P-02",
    bad: env("LOG_LEVEL", "debug"),
    good: env("LOG_LEVEL", "info"),
    names: /env\[0\]\.value \(LOG_LEVEL\) = "debug".* Fix: set it to "info"/s,
  },
  "no-plaintext-secrets": {
    rows: "AV-05 P-03",
    bad: env("DB_PASSWORD", "hunter2"),
    good: { env: [{ name: "DB_PASSWORD", valueFrom: { secretKeyRef: { name: "db", key: "password" } } }] },
    names: /env\[0\]\.value \(DB_PASSWORD\) .* Fix: put it in a Secret/s,
  },
  "secrets-isolated": {
    rows: "AV-09 P-04",
    bad: { envFrom: [{ secretRef: { name: "keys-staging" } }] },
    good: { envFrom: [{ secretRef: { name: "keys-production" } }] },
    names: /envFrom\[0\]\.secretRef\.name = "keys-staging".* Fix: use the one of production/s,
  },
  "immutable-image-tag": {
    rows: "DP-43 P-16",
    bad: { image: "registry.example/api:1.2" },
    good: {},
    names: /containers\[0\]\.image = "registry\.example\/api:1\.2".* Fix: write it as registry\.example\/api@sha256/s,
  },
};

describeOnNode("policies in front of a real cluster", function (machine) {
  this.timeout("5m");
  const prefix = `judged-${Date.now().toString(36)}-`;
  let trial: TrialProject;

  before(async () => {
    trial = new TrialProject(machine, "policies");
    trial.write("index.ts", program);
    trial.write("pack.json", JSON.stringify({ rules: { profile: "baseline" } }));
    const { code, output } = await trial.run("stack", "init", "production");
    equal(code, 0, output);
  });

  after(async () => {
    await trial.run("destroy", "--yes", "--skip-preview");
    trial.remove();
  });

  async function judged(containers: Record<string, object>, late: boolean, ...command: string[]): Promise<Ran> {
    const whole = Object.entries(containers).map(([name, fields]) => [name, { name: "api", image, ...fields }]);
    const config = {
      "kubernetes:context": machine.context,
      containers: JSON.stringify(Object.fromEntries(whole)),
      late,
      prefix,
    };
    const settings = Object.entries(config).flatMap(([key, value]) => ["--config", `${key}=${value}`]);
    const packs = ["--policy-pack", pack, "--policy-pack-config", "pack.json"];
    const ran = await trial.run(...command, ...packs, ...settings);
    ok(!ran.output.includes("hunter2"), "the output shows the password");
    return ran;
  }

  async function made(): Promise<string> {
    const args = ["--kubeconfig", machine.kubeconfig, "--context", machine.context, "get", "deployments", "-o", "name"];
    const { stdout } = await promisify(execFile)(machine.kubectl, args);
    return stdout
      .split("\n")
      .filter((line) => line.includes(prefix))
      .join();
  }

  const all = (kind: "bad" | "good") =>
    Object.fromEntries(Object.entries(cases).map(([policy, { [kind]: container }]) => [policy, container]));

  it("say in preview what only up can decide [P-01 P-02 P-03 P-04 P-16]", async () => {
    const { code, output } = await judged(all("bad"), true, "preview");
    equal(code, 0, output);
    equal(output.match(/Not decided: /g)?.length, Object.keys(cases).length);
    for (const policy of Object.keys(cases)) match(output, new RegExp(`Not decided: spec\\.template.*${policy}`));
  });

  it("refuse in preview, and name field and fix [P-01 P-02 P-03 P-04 P-16]", async () => {
    const { code, output } = await judged(all("bad"), false, "preview");
    ok(code !== 0, output);
    for (const [policy, { names }] of Object.entries(cases)) {
      match(output, new RegExp(`\\[mandatory\\].* ${policy} .*Deployment: ${policy}\\)`));
      match(output, names);
    }
  });

  for (const [policy, { rows, bad, names }] of Object.entries(cases)) {
    for (const late of [false, true]) {
      const when = late ? "that only up knows" : "in an up without preview";
      it(`${policy} refuses a container ${when}, before anything is made [${rows}]`, async () => {
        const { code, output } = await judged({ [policy]: bad }, late, "up", "--yes", "--skip-preview");
        ok(code !== 0, output);
        match(output, names);
        equal(await made(), "");
      });
    }
  }

  it("let the good ones pass, and they are made [P-01 P-02 P-03 P-04 P-16]", async () => {
    const { code, output } = await judged(all("good"), true, "up", "--yes");
    equal(code, 0, output);
    ok(!output.includes("[mandatory]"), output);
    for (const policy of Object.keys(cases)) match(await made(), new RegExp(prefix + policy));
  });
});
