import assert from "node:assert/strict";
import { answers } from "./answers.ts";
import { AvnirTrial } from "./avnir-trial.ts";
import { kubectl } from "./kubectl.ts";
import { describeOnNode } from "./machine.ts";

describeOnNode("the volumes of a protected environment", function (machine) {
  this.timeout("6m");
  const trial = new AvnirTrial(machine, "preprod");
  const port = machine.nodePortFirst + 30;
  const notes = `http://127.0.0.1:${port}/api/notes`;

  before("up with a row in the database", async () => {
    await trial.init("staging", { config: { "avnir:nodePort": port } });
    await trial.good("up", "--yes", "--skip-preview", "--stack", trial.stack);
    await answers(notes);
    const headers = { "content-type": "application/json" };
    const made = await fetch(notes, { method: "POST", headers, body: '{"text":"kept"}' });
    assert.equal(made.status, 201);
  });

  after(() => trial.project.remove());

  it("outlive pulumi destroy, which refuses and says how to go on [P-27]", async () => {
    const { code, output } = await trial.run("destroy", "--yes", "--stack", trial.stack);
    assert.notEqual(code, 0);
    assert.match(output, /avnir-namespace.* protected|protected.*avnir-namespace/s);
    assert.equal((await answers(notes)).status, 200);
  });

  it("outlive everything else, and the next up finds the rows with new passwords [MP-33]", async () => {
    const password = async () => {
      const names = await kubectl(machine, "get", "secrets", "-n", trial.namespace, "-o", "name");
      const admin = names.split("\n").find((name) => name.startsWith("secret/db-admin-"));
      if (!admin) return undefined;
      return kubectl(machine, "get", admin, "-n", trial.namespace, "-o", "jsonpath={.data.password}");
    };
    const first = await password();
    assert.ok(first);
    assert.equal((await trial.destroy("--exclude-protected")).code, 0);
    assert.equal(await password(), undefined);
    await trial.good("up", "--yes", "--skip-preview", "--stack", trial.stack);
    assert.notEqual(await password(), first);
    const rows = (await (await answers(notes)).json()) as { text: string }[];
    assert.deepEqual(
      rows.map(({ text }) => text),
      ["kept"],
    );
  });

  it("go when the protection is taken away first", async () => {
    await trial.good("state", "unprotect", "--all", "--yes", "--stack", trial.stack);
    assert.equal((await trial.destroy()).code, 0);
    const left = await kubectl(machine, "get", "namespaces,persistentvolumes", "-o", "yaml");
    assert.ok(!left.includes(trial.namespace), left);
  });
});
