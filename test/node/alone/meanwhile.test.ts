import assert from "node:assert/strict";
import { cpSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { isWhole, record } from "../../proof.ts";
import { eventually } from "../eventually.ts";
import { kubectl } from "../kubectl.ts";
import { describeOnNode } from "../machine.ts";
import type { Ran } from "../trial-project.ts";
import { atNodePort } from "./release/door.ts";
import { type Released, ReleasingSystem, type Version } from "./release/releasingSystem.ts";

const atLeast = isWhole("releases") ? 3_000 : 300;
const blueGreen = { blueGreen: { bakeSeconds: 3, smokeSeconds: 5 } };
/** Long enough for another to come meanwhile. */
const slow = { blueGreen: { bakeSeconds: 40, smokeSeconds: 5 } };

describeOnNode("a release while another is made, or has no room", function (machine) {
  this.timeout("9m");
  const system = new ReleasingSystem(machine, ["pr-74", "pr-75"], atNodePort(machine));
  const { trial } = system;
  before("up, blue-green", () => system.make(blueGreen));
  after(() => system.drop());

  function noted(what: string, released: Released): Released {
    const { outcome, seconds, code, output } = released;
    record("A release while another is made, or has no room, under load", {
      what,
      requests: outcome.sent,
      failed: Object.values(outcome.failed).reduce((sum, at) => sum + at.length, 0),
      "release s": Math.round(seconds),
      ends: code === 0 ? "released" : "not released",
    });
    const lost = Object.entries(outcome.failed).filter(([how]) => how.endsWith("new connection"));
    assert.deepEqual(lost, [], output);
    return released;
  }

  /** Once a release of this version has all traffic and is watched, so that another can come. */
  const hasTraffic = (version: Version) =>
    eventually(async () => (await system.selected()) === system.slot(version) || undefined);

  /** A release under load, and what somebody else's `pulumi up` came to meanwhile. */
  async function beside(version: Version, other: () => Promise<Ran>): Promise<[Released, Ran]> {
    const first = system.release(version, slow, atLeast);
    await hasTraffic(version);
    const second = await other();
    return [await first, second];
  }

  it("refuses a second up of the same state by who holds its lock, and goes on", async () => {
    const [first, second] = await beside("second", () => trial.up());
    noted("a second up of the same state", first);
    assert.notEqual(second.code, 0);
    assert.match(second.output, /the stack is currently locked by 1 lock\(s\)/);
    assert.match(second.output, /created by \S+@\S+ \(pid \d+\) at \d{4}-/);
    assert.equal(first.code, 0, first.output);
    assert.equal(await system.serving(), "second");
  });

  it("refuses an up by a state of its own, by who releases: nothing of the traffic is touched", async () => {
    const backend = join(trial.project.folder, "another-backend");
    mkdirSync(backend);
    cpSync(join(trial.project.folder, "backend"), backend, { recursive: true });
    const image = ["--config", `release:image=${system.image("first")}`];
    const [first, second] = await beside("third", () =>
      trial.project.runAt(`file://${backend}`, ...up(trial.stack), ...image),
    );
    noted("an up by a state of its own", first);
    assert.notEqual(second.code, 0);
    assert.match(second.output, /api: \S+ on \S+ \(process \d+\) is releasing it since \d{4}-\S+, which goes on/);
    assert.doesNotMatch(second.output, /all traffic is back/);
    assert.equal(first.code, 0, first.output);
    assert.equal(await system.serving(), "third");
    assert.deepEqual(await system.deployments(), [`api-${system.slot("third")}`]);
  });

  it("refuses a release that a quota has no room for before anything moves, and takes it once there is", async () => {
    const hard = (pods: number) => JSON.stringify({ spec: { hard: { pods: String(pods) } } });
    const pods = Number((await system.get("deployments", "{.items[0].spec.replicas}")).trim());
    await kubectl(machine, "create", "quota", "room", `--hard=pods=${pods + 1}`, "-n", trial.namespace);
    await eventually(
      async () => (await system.get("resourcequota", "{.items[0].status.used.pods}")) !== "" || undefined,
    );
    const crowded = noted("a quota has no room for two", await system.release("first", blueGreen, atLeast));
    assert.notEqual(crowded.code, 0);
    assert.match(
      crowded.output,
      /does not fit beside \S+, which serves on: \d pods more want \d of pods, and 1 of \d in quota/,
    );
    assert.equal(await system.serving(), "third");
    assert.deepEqual(await system.deployments(), [`api-${system.slot("third")}`]);
    await kubectl(machine, "patch", "resourcequota", "room", "-n", trial.namespace, "--type=merge", "-p", hard(20));
    await eventually(
      async () => (await system.get("resourcequota", "{.items[0].status.hard.pods}")) === "20" || undefined,
    );
    const taken = noted("then the quota has", await system.release("first", blueGreen, atLeast));
    assert.equal(taken.code, 0, taken.output);
    assert.equal(await system.serving(), "first");
  });
});

const up = (stack: string) => ["up", "--yes", "--skip-preview", "--stack", stack];
