import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { delimiter, dirname, join, resolve } from "node:path";
import { answers } from "./answers.ts";
import { AvnirTrial } from "./avnir-trial.ts";
import { kubectl } from "./kubectl.ts";
import { describeOnNode } from "./machine.ts";

interface Health {
  status: string;
  checks: Record<string, { ok: boolean }>;
}

describeOnNode("AVNIR on a node", function (machine) {
  this.timeout("10m");
  const trial = new AvnirTrial(machine, "local");
  const port = machine.nodePortFirst + 10;
  const url = `http://127.0.0.1:${port}`;

  before(() => trial.init("dev", { config: { "avnir:nodePort": port } }));
  after(() => trial.drop());

  it("comes up, builds its image and answers from its database [AV-14 AV-50 AV-53 MQ-01 DP-45]", async () => {
    await trial.good("up", "--yes", "--skip-preview", "--stack", trial.stack);
    const health = await answers(`${url}/api/health`);
    assert.equal(((await health.json()) as { status: string }).status, "healthy");
    const headers = { "content-type": "application/json" };
    const made = await fetch(`${url}/api/notes`, { method: "POST", headers, body: '{"text":"kept"}' });
    assert.equal(made.status, 201);
    const notes = (await (await fetch(`${url}/api/notes`)).json()) as { text: string }[];
    assert.deepEqual(
      notes.map(({ text }) => text),
      ["kept"],
    );
    assert.match(await trial.output("image"), /@sha256:[0-9a-f]{64}$/);
  });

  it("does nothing the second time [AV-89 YO-02]", async () => {
    const output = await trial.good("up", "--yes", "--stack", trial.stack, "--expect-no-changes");
    assert.match(output, /unchanged/);
  });

  it("is let pass by palier policy check, live and as exported, and refused as another environment's [P-04]", async () => {
    const state = join(trial.project.folder, "state.json");
    writeFileSync(state, (await trial.run("stack", "export", "--stack", trial.stack)).output);
    const live = ["--namespace", trial.namespace, "--context", machine.context];
    assert.match(policyCheck(...live), /^(2\d|3\d) objects as production: .*refused/m);
    assert.match(policyCheck(...live, "--environment", "dev"), /objects as dev: 0 refused, 0 advised/);
    assert.match(policyCheck("--state", state), /objects as dev: 0 refused, 0 advised/);
    assert.match(policyCheck("--state", state, "--environment", "staging"), /refused \[secrets-isolated\]/);
  });

  function policyCheck(...args: string[]): string {
    const PATH = [dirname(machine.kubectl), process.env["PATH"]].join(delimiter);
    const env = { ...process.env, PATH, KUBECONFIG: machine.kubeconfig };
    const program = resolve(import.meta.dirname, "../../cli/palier.ts");
    const { stdout, stderr } = spawnSync(process.execPath, [program, "policy", "check", ...args], {
      env,
      encoding: "utf8",
    });
    assert.equal(stderr, "");
    return stdout;
  }

  it("reloads its feature flags without a restart [AV-44 AV-45]", async () => {
    const pods = () =>
      kubectl(machine, "get", "pods", "-n", trial.namespace, "-l", "app.kubernetes.io/component=app", "-o", "name");
    const before = await pods();
    await trial.set("avnir:featureFlags.betaDashboard", "false");
    await trial.good("up", "--yes", "--skip-preview", "--stack", trial.stack);
    const deadline = Date.now() + 150_000;
    let flags: { betaDashboard?: boolean } = {};
    while (flags.betaDashboard !== false && Date.now() < deadline) {
      await new Promise((done) => setTimeout(done, 2_000));
      flags = (await (await fetch(`${url}/api/flags`)).json()) as typeof flags;
    }
    assert.equal(flags.betaDashboard, false);
    assert.equal(await pods(), before);
  });

  const inApp = (...command: string[]) =>
    kubectl(machine, "exec", "-n", trial.namespace, "deployment/api", "--", ...command);

  it("says in its health what is away, and stays alive and ready meanwhile [AV-50 AV-53]", async () => {
    const scale = (replicas: number) =>
      kubectl(machine, "scale", "statefulset", "cache", "-n", trial.namespace, `--replicas=${replicas}`);
    await scale(0);
    const bad = (await (await answers(`${url}/api/health`, 503)).json()) as Health;
    assert.equal(bad.status, "unhealthy");
    assert.deepEqual(Object.keys(bad.checks).sort(), ["database", "disk_space", "memory", "redis"]);
    assert.deepEqual([bad.checks["redis"]!.ok, bad.checks["database"]!.ok], [false, true]);
    await answers(`${url}/live`);
    await answers(`${url}/ready`);
    await scale(1);
    await answers(`${url}/api/health`);
  });

  it("counts in Redis, serves metrics, and logs lines of JSON [AV-52 AV-54 AV-56 DP-39 DP-74]", async () => {
    const counted = await fetch(`${url}/api/counter`, { method: "POST" });
    assert.deepEqual(await counted.json(), { count: 1 });
    const metrics = await (await answers(`${url}/metrics`)).text();
    assert.match(metrics, /^http_requests_total\{.*route="\/api\/notes".*service="api".*\} \d+$/m);
    const log = await kubectl(machine, "logs", "-n", trial.namespace, "deployment/api", "--tail=-1");
    const lines = log
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    for (const line of lines) {
      assert.deepEqual([line["service"], line["environment"]], ["api", "dev"]);
      assert.ok(
        ["timestamp", "level", "message"].every((field) => typeof line[field] === "string"),
        log,
      );
    }
  });

  it("takes its last migration back and brings it again [AV-71]", async () => {
    const secrets = await kubectl(machine, "get", "secrets", "-n", trial.namespace, "-o", "name");
    const secret = secrets.split("\n").find((name) => name.includes("api-database-url-"))!;
    const template = '{{index .data "migrator-url" | base64decode}}';
    const address = await kubectl(machine, "get", secret, "-n", trial.namespace, "-o", `go-template=${template}`);
    const migrate = (way: string) => inApp("env", `MIGRATION_DATABASE_URL=${address}`, "node", "migrate.ts", way);
    assert.match(await migrate("down"), /^taken back: 0002_/m);
    assert.match(await migrate("status"), /^to be applied: 0002_/m);
    assert.match(await migrate("up"), /^applied: 0002_/m);
    assert.match(await migrate("up"), /^nothing applied/m);
  });

  it("tells all that is wrong with its variables at once, and no value", async () => {
    const secret = "x".repeat(20);
    const started = inApp("env", "-u", "REDIS_URL", "PORT=70000", `JWT_SECRET=${secret}`, "node", "main.ts");
    const { stdout } = await started.then(
      () => assert.fail("it started"),
      (error: { stdout: string }) => error,
    );
    assert.match(stdout, /PORT: .*; REDIS_URL is not set; JWT_SECRET: must have at least 32 characters/);
    assert.ok(!stdout.includes(secret));
  });

  it("leaves nothing behind when it is destroyed, and comes up again", async () => {
    assert.equal((await trial.destroy()).code, 0);
    const left = await kubectl(machine, "get", "namespaces,persistentvolumes", "-o", "name");
    assert.ok(!left.includes(trial.namespace), left);
    assert.ok(!(await kubectl(machine, "get", "persistentvolumes", "-o", "yaml")).includes(trial.namespace));
    await trial.good("up", "--yes", "--skip-preview", "--stack", trial.stack);
    const notes = await (await answers(`${url}/api/notes`)).json();
    assert.deepEqual(notes, []);
  });
});
