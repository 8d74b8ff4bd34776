import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { temporaryFolder } from "../temporary.ts";

const program = join(import.meta.dirname, "../../cli/palier.ts");
const renamed = join(import.meta.dirname, "../render/projects/renamed");
const manifest = `apiVersion: apps/v1
kind: Deployment
metadata: { name: api, namespace: shop }
spec:
  template:
    spec:
      hostNetwork: true
      containers:
        - name: api
          image: api@sha256:${"a".repeat(64)}
          env:
            - { name: DB_PASSWORD, value: "hunter2<&" }
---
apiVersion: v1
kind: ConfigMap
metadata: { name: settings, namespace: shop }
data: { CORS_ORIGIN: "*" }
`;
const root = { urn: "urn:pulumi:staging::avnir::pulumi:pulumi:Stack::avnir-staging", type: "pulumi:pulumi:Stack" };
const kept = (type: string, inputs: object, options: object = {}) => ({
  urn: `urn:pulumi:staging::avnir::kubernetes:${type}::settings`,
  type: `kubernetes:${type}`,
  inputs,
  ...options,
});
const stateOf = (...resources: object[]) => ({ version: 3, deployment: { resources: [root, ...resources] } });

describe("palier policy check", function () {
  this.timeout(60_000);
  const folder = temporaryFolder("check");
  const file = (name: string, content: string | object) => {
    const path = join(folder, name);
    mkdirSync(join(path, ".."), { recursive: true });
    writeFileSync(path, typeof content === "string" ? content : JSON.stringify(content));
    return path;
  };
  const bad = file("bad.yaml", manifest);

  function palier(args: string[], input = "") {
    const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...args], { encoding: "utf8", input });
    assert.ok(!`${stdout}${stderr}`.includes("hunter2"), "a secret is shown");
    assert.doesNotMatch(stderr, /^ +at /m);
    return { status, stdout, stderr };
  }
  const check = (...args: string[]) => palier(["policy", "check", ...args]);

  it("does not take what palier render has hidden for the secret itself", () => {
    const secret = (password: string) =>
      file("secret.yaml", {
        apiVersion: "v1",
        kind: "Secret",
        metadata: { name: "db" },
        stringData: { password },
      });
    assert.match(check(secret("hunter2<")).stdout, /refused \[secret-min-length\]/);
    const { status, stdout } = check(secret("(secret)"), "--environment", "staging");
    assert.equal(status, 0, stdout);
    assert.match(stdout, /not decided \[.*secret-min-length.*\] Secret "db": stringData\.password/);
  });

  it("names the file, the line, the rule and the fix, and ends with 1 where something is refused", () => {
    const { status, stdout } = check(bad);
    assert.equal(status, 1);
    assert.match(
      stdout,
      /bad\.yaml:7: refused \[no-host-namespaces\] Deployment "api": spec\.template\.spec\.hostNetwork = "true"/,
    );
    assert.match(stdout, /bad\.yaml:12: refused \[no-plaintext-secrets\] .* Fix: /);
    assert.match(stdout, /bad\.yaml:17: refused \[no-open-cors\] ConfigMap "settings"/);
    assert.match(stdout, /2 objects as production: 3 refused, \d+ advised$/m);
  });

  it("judges by the environment, and ends with 0 where nothing is refused", () => {
    const { status, stdout } = check("--environment", "local", file("cors.yaml", manifest.split("---")[1]!));
    assert.deepEqual([status, stdout.trim()], [0, "1 objects as dev: 0 refused, 0 advised"]);
  });

  for (const [name, stage] of [
    ["QA", "staging"],
    ["demo", "review"],
    ["canary", "dev"],
    ["prod", "production"],
  ] as const) {
    it(`knows a project's own names of environments: ${name} [AV-13 C-65]`, () => {
      const { stdout } = check(
        "--project",
        renamed,
        "--environment",
        name,
        file("cors.yaml", manifest.split("---")[1]!),
      );
      assert.match(stdout, new RegExp(`objects as ${stage}: `));
    });
  }

  it("knows those of the project that it is run in, for a state too [AV-13 C-65]", () => {
    const state = JSON.stringify(stateOf(kept("core/v1:ConfigMap", { data: { CORS_ORIGIN: "*" } })));
    const args = [program, "policy", "check", "--state", file("qa.json", state.replaceAll("staging", "qa"))];
    const { stdout } = spawnSync(process.execPath, args, { encoding: "utf8", cwd: renamed });
    assert.match(stdout, /as staging: 1 refused/);
    assert.match(check("--state", join(folder, "qa.json")).stdout, /as production: /);
  });

  it("reads standard input, folders, and JSON", () => {
    assert.equal(palier(["policy", "check"], manifest).status, 1);
    assert.equal(palier(["policy", "check", "-"], '{"kind":"ConfigMap","data":{"CORS_ORIGIN":"*"}}').status, 1);
    file("many/deep/one.yml", manifest);
    file("many/readme.txt", "no: [manifest");
    assert.match(check(join(folder, "many")).stdout, /deep\/one\.yml:7/);
  });

  it("judges what pulumi stack export printed as the stack's environment, secrets unread", () => {
    const secret = { "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270", ciphertext: "v1:x" };
    const { status, stdout } = check(
      "--state",
      file("state.json", stateOf(kept("core/v1:ConfigMap", { data: { CORS_ORIGIN: "*", OTHER: secret } }))),
    );
    assert.equal(status, 1);
    assert.match(
      stdout,
      /^urn:pulumi:staging::avnir::kubernetes:core\/v1:ConfigMap::settings: refused \[no-open-cors\]/m,
    );
    assert.match(stdout, /as staging/);
  });

  it("does not decide by a state what the program may leave to others, unless the state holds that [P-32]", () => {
    const told = (...options: { ignoreChanges?: string[] }[]) => {
      const [first, second] = options;
      const workload = { metadata: { name: "api" }, spec: { replicas: 3 } };
      const scaler = { metadata: { name: "api" }, spec: { scaleTargetRef: { kind: "Deployment", name: "api" } } };
      const resources = [
        kept("apps/v1:Deployment", workload, first),
        kept("autoscaling/v2:HorizontalPodAutoscaler", scaler, second),
      ];
      const { stdout } = check("--format", "json", "--state", file("scaled.json", stateOf(...resources)));
      const { findings } = JSON.parse(stdout) as { findings: { rule: string; level: string }[] };
      return findings.filter(({ rule }) => rule === "replicas-left-to-autoscaler").map(({ level }) => level);
    };
    assert.deepEqual(told(), ["undecided"]);
    assert.deepEqual(told({ ignoreChanges: ["spec.replicas"] }), []);
    assert.deepEqual(told({}, { ignoreChanges: ["metadata.labels"] }), ["advisory"]);
  });

  it("takes the pack's configuration: levels, parameters, exemptions", () => {
    const exemption = { resource: "api", reason: "listens on the node's network", owner: "ops", expires: "2999-01-01" };
    const old = { ...exemption, resource: "settings", expires: "2020-01-01" };
    const rules = {
      "no-open-cors": { exemptions: [old] },
      "no-host-namespaces": { exemptions: [exemption] },
      "no-plaintext-secrets": "off",
    };
    const { stdout } = check("--config", file("config.json", { rules }), bad);
    assert.match(stdout, /: 1 refused, /);
    assert.match(stdout, /exemption used: no-host-namespaces for api, until 2999-01-01 \(ops: /);
    assert.match(stdout, /exemption expired: no-open-cors for settings, no longer holds since 2020-01-01/);
    const wrong = check("--config", file("wrong.json", { rules: { "no-open-core": "off" } }), bad);
    assert.deepEqual(
      [wrong.status, /configuration: refused: there is no rule "no-open-core"/.test(wrong.stdout)],
      [1, true],
    );
  });

  it("writes JSON, SARIF and JUnit", () => {
    const json = JSON.parse(check("--format", "json", bad).stdout);
    assert.deepEqual([json.objects, json.environment], [2, "production"]);
    assert.ok(
      json.findings.some(
        (one: { rule: string; place: string }) => one.rule === "no-open-cors" && one.place.endsWith(":17"),
      ),
    );
    const { version, runs } = JSON.parse(check("--format", "sarif", bad).stdout);
    assert.equal(version, "2.1.0");
    const results = runs[0].results as {
      ruleId: string;
      level: string;
      locations: { physicalLocation: { region: object } }[];
    }[];
    const found = results.find(({ ruleId }) => ruleId === "no-host-namespaces")!;
    assert.equal(found.level, "error");
    const region = { startLine: 7, startColumn: 1, endLine: 7, endColumn: 1 };
    assert.deepEqual(found.locations[0]!.physicalLocation.region, region);
    const named = new Set(runs[0].tool.driver.rules.map(({ id }: { id: string }) => id));
    assert.ok(results.every(({ ruleId }) => named.has(ruleId)));
    const xml = check("--format", "junit", bad).stdout;
    assert.match(xml, /<testsuite name="palier" tests="\d+" failures="3">/);
    assert.doesNotMatch(xml, /="[^"]*[<&](?!(amp|lt|gt|quot|apos);)[^"]*"/);
  });

  for (const [what, args, says] of [
    ["a file that is not there", ["/nowhere.yaml"], /\/nowhere\.yaml can't be read \(ENOENT\)/],
    ["an unknown option", ["--enviroment", "dev"], /'--enviroment'.*--help/s],
    ["an unknown environment", ["--environment", "moon"], /"moon".*Allowed: dev, .*palier:stages/],
    ["a project's name for no environment", ["--project", renamed, "--environment", "trunk"], /"trunk".*Allowed: /],
    ["a project that is not there", ["--project", "/nowhere", "--environment", "qa"], /Pulumi\.yaml is not there/],
    ["an unknown format", ["--format", "xml"], /--format "xml"\. Allowed: text, json, sarif, junit/],
    ["two sources", ["--state", "a", "b"], /only one of them/],
    ["a live namespace without a context", ["--namespace", "shop"], /needs --context/],
    ["a state that is none", ["--state", bad], /bad\.yaml is not what pulumi stack export prints/],
    ["a configuration with another key", ["--config", file("key.json", { rule: {} })], /Unrecognized key.*Allowed/s],
    ["what is no YAML", [file("no.yaml", "a: [")], /no\.yaml: /],
    ["what is no object", [file("none.yaml", "a: 1")], /none\.yaml: a document has no kind/],
  ] as const) {
    it(`ends with 2 and one message for ${what}`, () => {
      const { status, stderr, stdout } = check(...args);
      assert.deepEqual([status, stdout], [2, ""]);
      assert.match(stderr, /^palier: /);
      assert.match(stderr, says);
    });
  }

  it("says what it can do", () => {
    assert.match(check("--help").stdout, /Exit code: 0 nothing is refused, 1 something is, 2 /);
    assert.match(palier([]).stdout, /palier policy check/);
    assert.equal(palier(["polcy"]).status, 2);
  });
});
