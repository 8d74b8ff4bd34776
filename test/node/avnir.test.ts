import assert from "node:assert/strict";
import { answers } from "./answers.ts";
import { AvnirTrial } from "./avnir-trial.ts";
import { kubectl } from "./kubectl.ts";
import { describeOnNode } from "./machine.ts";

describeOnNode("AVNIR on a node", function (machine) {
  this.timeout("10m");
  const trial = new AvnirTrial(machine, "local");
  const port = machine.nodePortFirst + 10;
  const url = `http://127.0.0.1:${port}`;

  before(() => trial.init("dev", { config: { "avnir:nodePort": port } }));
  after(async () => {
    await trial.destroy();
    trial.project.remove();
  });

  it("comes up, builds its image and answers from its database [AV-14 AV-50 AV-53]", async () => {
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

  it("does nothing the second time", async () => {
    const output = await trial.good("up", "--yes", "--stack", trial.stack, "--expect-no-changes");
    assert.match(output, /unchanged/);
  });

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
