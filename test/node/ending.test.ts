import assert from "node:assert/strict";
import { setTimeout as sleep } from "node:timers/promises";
import { awaitEnds } from "../../local/stack/ending.ts";
import { kubectl } from "./kubectl.ts";
import { describeOnNode } from "./machine.ts";

describeOnNode("a namespace that a killed destroy is still removing", (machine) => {
  const [ending, lasting] = ["palier-ending", "palier-lasting"];
  const free = () =>
    kubectl(
      machine,
      "patch",
      "configmap",
      "held",
      "-n",
      ending,
      "--type=merge",
      "-p",
      '{"metadata":{"finalizers":null}}',
    );

  before(async () => {
    for (const name of [ending, lasting]) await kubectl(machine, "create", "namespace", name);
    await kubectl(machine, "create", "configmap", "held", "-n", ending);
    const held = '{"metadata":{"finalizers":["palier.test/held"]}}';
    await kubectl(machine, "patch", "configmap", "held", "-n", ending, "--type=merge", "-p", held);
    await kubectl(machine, "delete", "namespace", ending, "--wait=false");
  });
  after(() => kubectl(machine, "delete", "namespace", lasting));

  it("is waited for until it is gone, and no other one is", async () => {
    const said: string[] = [];
    const target = { context: machine.context, env: { ...process.env, ...machine.env }, ours: true };
    const whole = awaitEnds({ say: (line) => said.push(line) }, target, [ending, lasting]);
    const early = await Promise.race([whole.then(() => "went on"), sleep(3000).then(() => "waits")]);
    await free();
    await whole;
    assert.equal(early, "waits");
    assert.deepEqual(said, [`waiting for namespace ${ending}, which is being removed`]);
    assert.doesNotMatch(await kubectl(machine, "get", "namespaces", "--output", "name"), new RegExp(ending));
  });
});
