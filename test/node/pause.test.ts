import assert from "node:assert/strict";
import { once } from "node:events";
import { join } from "node:path";
import { AvnirTrial } from "./avnir-trial.ts";
import { eventually } from "./eventually.ts";
import { kubectl } from "./kubectl.ts";
import { describeOnNode } from "./machine.ts";
import type { Knobs } from "./pause/system.ts";
import { runningProcesses } from "./processes.ts";

describeOnNode("a migration for which others stand still", function (machine) {
  this.timeout("8m");
  const trial = new AvnirTrial(machine, "pr-31");
  const first: Knobs = { release: "one", migration: "passes", seconds: 8, inHand: 2, pauseSeconds: 60 };

  before("up, where there is nothing yet that could stand still", async () => {
    const config = { "pause:knobs": first };
    await trial.init("dev", { main: join(import.meta.dirname, "pause/system.ts"), config });
    await trial.good("up", "--yes", "--skip-preview", "--stack", trial.stack);
  });

  after(() => trial.drop());

  const on = (...args: string[]) => kubectl(machine, "-n", trial.namespace, ...args);

  async function state() {
    const worker = JSON.parse(await on("get", "deployment/api-mail", "-o", "json", "--show-managed-fields"));
    const task = JSON.parse(await on("get", "cronjob/api-tick", "-o", "json", "--show-managed-fields"));
    const labels = "app.kubernetes.io/name=api,palier.dev/process=mail";
    const pods = (await on("get", "pods", "-l", labels, "-o", "name")).split("\n").filter(Boolean);
    const migrating = (
      await on(
        "get",
        "pods",
        "-l",
        "app.kubernetes.io/component=migration",
        "-o",
        "name",
        "--field-selector=status.phase=Running",
      )
    ).trim();
    return {
      replicas: worker.spec.replicas,
      pods: pods.length,
      suspended: task.spec.suspend === true,
      migrating,
      marks: marks(worker, task),
    };
  }

  /** What stood still and goes on bears no trace of it. */
  function marks(
    ...objects: { metadata: { annotations: Record<string, string>; managedFields: { manager: string }[] } }[]
  ) {
    return objects.flatMap(({ metadata }) => [
      ...Object.keys(metadata.annotations).filter((name) => name.endsWith("/paused")),
      ...metadata.managedFields.map(({ manager }) => manager).filter((name) => name === "palier-pause"),
    ]);
  }

  const atWork = { replicas: 1, suspended: false, marks: [] };

  async function goesOn() {
    const { replicas, suspended, marks } = await state();
    assert.deepEqual({ replicas, suspended, marks }, atWork);
    await eventually(async () => (await state()).pods === 1 || undefined);
  }

  async function change(knobs: Partial<Knobs>) {
    for (const [name, value] of Object.entries(knobs)) await trial.set(`pause:knobs.${name}`, String(value));
  }

  const whileItMigrates = () =>
    eventually(async () => {
      const now = await state();
      return now.migrating === "" ? undefined : now;
    }, 300);

  it("begins once the worker has finished and no run can begin, and lets both go on after it", async () => {
    await goesOn();
    await change({ release: "two" });
    const said = on("logs", "deployment/api-mail", "--follow");
    const up = trial.up();
    const { replicas, pods, suspended } = await whileItMigrates();
    assert.deepEqual({ replicas, pods, suspended }, { replicas: 0, pods: 0, suspended: true });
    assert.match(await said, /finished/);
    const { code, output } = await up;
    assert.equal(code, 0, output);
    await goesOn();
  });

  it("lets them go on where it fails, and says why it failed", async () => {
    await change({ release: "three", migration: "fails" });
    const { code, output } = await trial.up();
    assert.notEqual(code, 0);
    assert.match(output, /the schema can't be changed/);
    await goesOn();
  });

  it("never begins where one does not come to its end in time, and all goes on", async () => {
    await change({ release: "four", migration: "passes", inHand: 8 });
    await trial.good("up", "--yes", "--skip-preview", "--stack", trial.stack);
    await change({ release: "five", pauseSeconds: 3 });
    const { code, output } = await trial.up();
    assert.notEqual(code, 0);
    assert.match(output, /pod api-mail-\S+ of Deployment api-mail is still at work after 3 s/);
    await goesOn();
  });

  it("that is killed with the whole update leaves them at rest until the next update, which may go back", async () => {
    await change({ release: "six", inHand: 2, seconds: 60, pauseSeconds: 60 });
    const up = trial.project.start("up", "--yes", "--skip-preview", "--stack", trial.stack);
    await whileItMigrates();
    const ended = once(up, "close");
    for (const { pid, environ } of runningProcesses()) {
      if (environ.split("\0").includes(trial.project.mark)) process.kill(pid, "SIGKILL");
    }
    await ended;
    assert.equal((await state()).replicas, 0);
    await change({ release: "four", inHand: 8, seconds: 8 });
    await trial.good("cancel", "--yes", "--stack", trial.stack);
    await trial.good("up", "--yes", "--skip-preview", "--stack", trial.stack);
    await goesOn();
  });
});
