import assert from "node:assert/strict";
import { join } from "node:path";
import { AvnirTrial } from "./avnir-trial.ts";
import { eventually } from "./eventually.ts";
import { servingPods } from "./faults/servingPods.ts";
import { kubectl } from "./kubectl.ts";
import { describeOnNode } from "./machine.ts";
import type { Knobs } from "./workloads/system.ts";

describeOnNode("the processes of one image", function (machine) {
  this.timeout("8m");
  const trial = new AvnirTrial(machine, "pr-22");
  const { namespace } = trial;

  const first: Knobs = { release: "one", smoke: "passes" };

  before("up", async () => {
    const config = { "workloads:knobs": first };
    await trial.init("dev", { main: join(import.meta.dirname, "workloads/system.ts"), config });
    await trial.good("up", "--yes", "--skip-preview", "--stack", trial.stack);
  });

  after(() => trial.drop());

  const on = (...args: string[]) => kubectl(machine, "-n", namespace, ...args);

  /** The one that is ready: after another has gone, that may take a while. */
  async function podOf(component: string): Promise<string> {
    const labels = `app.kubernetes.io/name=api,app.kubernetes.io/component=${component}`;
    const { name } = await eventually(async () => (await servingPods(machine, namespace, labels))[0]);
    return `pod/${name}`;
  }

  it("start beside each other, and the Service sends to the one that serves alone", async () => {
    assert.match(await on("logs", await podOf("worker")), /working/);
    const served = await on("get", "endpoints", "api", "-o", "jsonpath={.subsets[*].addresses[*].targetRef.name}");
    assert.deepEqual(served.trim().split(" "), [(await podOf("app")).replace("pod/", "")]);
  });

  it("have tried the release from inside, before it counted as made [AV-30 AV-78 MQ-63]", async () => {
    const labels = "app.kubernetes.io/name=api,app.kubernetes.io/component=hook";
    assert.match(await on("logs", "-l", labels, "--tail=-1"), /saw one/);
  });

  it("run on their schedule, by their own name", async () => {
    const labels = "app.kubernetes.io/name=api,app.kubernetes.io/component=task";
    const said = () => on("logs", "-l", labels, "--tail=-1");
    await eventually(async () => /ticked for api-tick/.test(await said()) || undefined);
  });

  it("finish what they have in hand when they are told to end [AV-01 MQ-23]", async () => {
    const worker = await podOf("worker");
    const said = on("logs", worker, "--follow");
    await on("delete", worker, "--wait=false");
    assert.match(await said, /finished/);
  });

  it("are started anew where they stop touching their file", async () => {
    const worker = await podOf("worker");
    await on("exec", worker, "--", "node", "-e", "require('fs').writeFileSync('/tmp/hang', '')");
    const restarts = () => on("get", worker, "-o", "jsonpath={.status.containerStatuses[0].restartCount}");
    await eventually(async () => Number(await restarts()) > 0 || undefined);
  });

  it("fail the update where what is tried after it fails, with its last words", async () => {
    await trial.set("workloads:knobs.release", "two");
    await trial.set("workloads:knobs.smoke", "fails");
    const { code, output } = await trial.up();
    assert.notEqual(code, 0);
    assert.match(output, /the smoke test has found smoke/);
  });
});
