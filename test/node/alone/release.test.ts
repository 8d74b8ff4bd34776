import assert from "node:assert/strict";
import { isWhole, record } from "../../proof.ts";
import type { Outcome } from "../load.ts";
import { describeOnNode } from "../machine.ts";
import { type Released, ReleasingSystem, type Version } from "./release/releasingSystem.ts";

const whole = isWhole("releases");
const atLeast = whole ? 3_000 : 300;
const blueGreen = { blueGreen: { bakeSeconds: 3, smokeSeconds: 5 } };
const rolling = { rolling: {} };

describeOnNode("a release, at a hundred requests a second", function (machine) {
  this.timeout("12m");
  const system = new ReleasingSystem(machine);
  let now: Version = "first";
  before("up, blue-green", () => system.make(blueGreen));
  after(() => system.drop());

  async function release(what: string, version: Version, strategy: object): Promise<Released> {
    const released = await system.release(version, strategy, atLeast);
    const { outcome, seconds, code } = released;
    const lost = Object.entries(outcome.failed).map(([how, at]) => `${at.length} ${how}`);
    record("A release under load", {
      strategy: Object.keys(strategy).join(),
      what,
      requests: outcome.sent,
      "failed, new connections": failures(outcome, "new"),
      "failed, kept connections": failures(outcome, "kept"),
      "failed what": lost.join("; "),
      "release s": Math.round(seconds),
      ends: code === 0 ? "released" : "put back",
    });
    assert.equal(failures(outcome, "new"), 0, lost.join("; "));
    assert.ok(failures(outcome, "kept") <= 2, lost.join("; "));
    return released;
  }

  async function good(what: string, version: Version, strategy: object): Promise<void> {
    const { code, output } = await release(what, version, strategy);
    assert.equal(code, 0, output);
    now = version;
    assert.equal(await system.serving(), version);
    const name = strategy === rolling ? "api" : `api-${system.slot(version)}`;
    assert.deepEqual(await system.deployments(), [name]);
  }

  async function bad(what: string, version: Version, strategy: object, says: RegExp): Promise<Released> {
    const released = await release(what, version, strategy);
    assert.notEqual(released.code, 0, released.output);
    assert.match(released.output, says);
    assert.equal(await system.serving(), now);
    return released;
  }

  it("moves all traffic at once to a good version, and loses nothing", async () => {
    await good("a good version", "second", blueGreen);
  });

  it("changes nothing in an up that changes nothing", async () => {
    const { output } = await release("nothing", "second", blueGreen);
    assert.match(output, /unchanged/);
    assert.doesNotMatch(output, /has all traffic|was cut off/);
  });

  it("keeps a version that never gets ready from any traffic, and goes on with the old image", async () => {
    await bad(
      "a version that never gets ready",
      "unready",
      blueGreen,
      /Readiness probe failed|it was made never to be ready/,
    );
    await good("the old version again", "second", blueGreen);
  });

  it("keeps one from any traffic whose smoke test fails, by its body alone", async () => {
    const says = /the release of .{8} in place of .{8} failed, and .{8} has served all the time.*status "degraded"/s;
    await bad("a smoke test that fails", "sick", blueGreen, says);
  });

  it("takes a third version after that", async () => {
    await good("a third version", "third", blueGreen);
  });

  it("takes all traffic back from one that fails under it", async () => {
    const says = /and all traffic is back at .{8}\. Cause: under traffic: .*broken under traffic/s;
    await bad("one that fails under traffic", "failing", blueGreen, says);
    await good("the old version again", "third", blueGreen);
  });

  it("changes over to rolling, and back by itself where a version never gets ready", async () => {
    await good("rolling in place of blue-green", "third", rolling);
    await good("a good version", "first", rolling);
    const { output, seconds } = await bad("a version that never gets ready", "unready", rolling, /went back to .{8}/);
    assert.match(output, /Cause: pod api-/);
    assert.ok(seconds < 20 + 3 + 30 + 60, `${seconds} s`);
    const sets = await system.get("replicasets", "{range .items[*]}{.spec.replicas} {end}");
    assert.deepEqual(
      sets
        .trim()
        .split(" ")
        .filter((count) => count !== "0"),
      ["2"],
    );
    await good("blue-green in place of rolling", "second", blueGreen);
  });

  it("is destroyed without a word", async () => {
    const { code, output } = await system.trial.destroy();
    assert.equal(code, 0, output);
  });
});

function failures({ failed }: Outcome, connection: "new" | "kept"): number {
  const those = Object.entries(failed).filter(([how]) => how.endsWith(`${connection} connection`));
  return those.reduce((sum, [, at]) => sum + at.length, 0);
}
