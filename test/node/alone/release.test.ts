import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { rollbackDrill } from "../../../core/records/rollbackDrill.ts";
import { isWhole, record, recordStep } from "../../proof.ts";
import { temporaryFolder } from "../../temporary.ts";
import type { Outcome } from "../load.ts";
import { describeAtEdge, describeOnNode } from "../machine.ts";
import { atNodePort, throughTraefik } from "./release/door.ts";
import { type Released, ReleasingSystem, type Version } from "./release/releasingSystem.ts";

const whole = isWhole("releases");
const atLeast = whole ? 3_000 : 300;
const blueGreen = { blueGreen: { bakeSeconds: 3, smokeSeconds: 5 } };
const rolling = { rolling: {} };
/** Long enough to be cut off in. */
const slow = { blueGreen: { bakeSeconds: 60, smokeSeconds: 5 } };

type Cut = { signal: "SIGKILL" | "SIGINT"; at: "traffic" | "making" };

describeOnNode("a release, at a hundred requests a second", function (machine) {
  this.timeout("12m");
  releases(new ReleasingSystem(machine, ["pr-78", "pr-79"], atNodePort(machine)), "directly");
});

describeAtEdge("a release through a real Traefik, at a hundred requests a second", function (machine, ports) {
  this.timeout("12m");
  if (!whole) {
    it("skipped: npm run proof -- releases runs it; the short form goes directly");
    return;
  }
  const door = throughTraefik("ingress", ports);
  releases(new ReleasingSystem(machine, ["pr-68", "pr-69"], door), "through Traefik");
});

function releases(system: ReleasingSystem, by: "directly" | "through Traefik"): void {
  let now: Version = "first";
  let previous: Version = "first";
  before("up, blue-green", () => system.make(blueGreen));
  after(() => system.drop());
  const long = (title: string, body: () => Promise<void>) => void (whole && it(title, body));

  function note(what: string, strategy: object, { outcome, seconds, code }: Released): string {
    const lost = Object.entries(outcome.failed).map(([how, at]) => `${at.length} ${how}`);
    recordStep(`A release under load, ${by}`, {
      what,
      strategy: Object.keys(strategy).join(),
      requests: outcome.sent,
      "failed, new connections": failures(outcome, "new"),
      "failed, kept connections": failures(outcome, "kept"),
      "failed what": lost.join("; "),
      "release s": Math.round(seconds),
      ends: code === 0 ? "released" : "not released",
    });
    return lost.join("; ");
  }

  function judge(what: string, strategy: object, released: Released): Released {
    const lost = note(what, strategy, released);
    assert.equal(failures(released.outcome, "new"), 0, lost);
    assert.ok(failures(released.outcome, "kept") <= (by === "directly" ? 2 : 0), lost);
    return released;
  }

  async function good(what: string, version: Version, strategy: object): Promise<Released> {
    const released = judge(what, strategy, await system.release(version, strategy, atLeast));
    assert.equal(released.code, 0, released.output);
    if (version !== now) previous = now;
    now = version;
    assert.equal(await system.serving(), version);
    const name = strategy === rolling ? "api" : `api-${system.slot(version)}`;
    assert.deepEqual(await system.deployments(), [name]);
    return released;
  }

  async function bad(what: string, version: Version, strategy: object, says: RegExp): Promise<Released> {
    const released = judge(what, strategy, await system.release(version, strategy, atLeast));
    assert.notEqual(released.code, 0, released.output);
    assert.match(released.output, says);
    assert.equal(await system.serving(), now);
    await system.preview(now, strategy);
    return released;
  }

  async function cutOff(what: string, version: Version, cut: Cut): Promise<Released> {
    const released = judge(what, slow, await system.cutOff(version, slow, cut));
    assert.notEqual(released.code, 0, released.output);
    if (cut.signal === "SIGKILL") await system.preview(now, slow);
    return released;
  }

  it("moves all traffic at once to a good version, and loses nothing [AV-32 DP-53]", async () => {
    await good("a good version", "second", blueGreen);
  });

  it("changes nothing in an up that changes nothing", async () => {
    const { output } = await good("nothing", "second", blueGreen);
    assert.doesNotMatch(output, /has all traffic|was cut off/);
  });

  it("keeps a version that never gets ready from any traffic, and goes on with the old image", async () => {
    const says = /Readiness probe failed|it was made never to be ready/;
    await bad("a version that never gets ready", "unready", blueGreen, says);
    await good("the old version again", "second", blueGreen);
  });

  long("keeps one from any traffic that ends again and again", async () => {
    const says = /exit code 3|CrashLoopBackOff|back-off restarting/i;
    await bad("a version that ends again and again", "crashing", blueGreen, says);
    await good("the old version again", "second", blueGreen);
  });

  it("keeps one from any traffic whose smoke test fails, by its body alone [MQ-11]", async () => {
    const says = /the release of .{8} in place of .{8} failed, and .{8} has served all the time.*status "degraded"/s;
    await bad("a smoke test that fails", "sick", blueGreen, says);
  });

  it("takes a third version after that", async () => {
    await good("a third version", "third", blueGreen);
  });

  it("takes all traffic back from one that fails under it [AV-33 AV-66 AV-83]", async () => {
    const says = /and all traffic is back at .{8}\. Cause: under traffic: .*broken under traffic/s;
    await bad("one that fails under traffic", "failing", blueGreen, says);
    await good("the old version again", "third", blueGreen);
  });

  const others = () => (["first", "second", "third"] as const).filter((version) => version !== now);

  long("puts all traffic back at a Ctrl-C, and takes the same version next", async () => {
    const [next] = others();
    await cutOff("Ctrl-C while it has all traffic", next!, { signal: "SIGINT", at: "traffic" });
    assert.equal(await system.selected(), system.slot(now));
    await good("then the same version", next!, blueGreen);
  });

  for (const which of ["old", "same", "third"] as const) {
    long(`is put back after kill -9 while it has all traffic, by an up of the ${which} version`, async () => {
      const [same, third] = others();
      await cutOff("kill -9 while it has all traffic", same!, { signal: "SIGKILL", at: "traffic" });
      const { output } = await good(
        `then the ${which} version`,
        { old: now, same: same!, third: third! }[which],
        blueGreen,
      );
      assert.match(output, /was cut off; all traffic is back at/);
      assert.equal(await system.pending(), 0);
    });
  }

  for (const which of ["old", "same", "third"] as const) {
    long(`leaves nothing after kill -9 while it is made, once the ${which} version is up`, async () => {
      const [same, third] = others();
      await cutOff("kill -9 while it is made", same!, { signal: "SIGKILL", at: "making" });
      await good(`then the ${which} version`, { old: now, same: same!, third: third! }[which], blueGreen);
    });
  }

  long("commits a release while something else fails, and takes the old one away next", async () => {
    const [next] = others();
    await system.set("unrelated", "true");
    const released = judge("something else fails", blueGreen, await system.release(next!, blueGreen, atLeast));
    assert.notEqual(released.code, 0);
    await system.set("unrelated", "false");
    await good("then the same version", next!, blueGreen);
  });

  long("takes the app down after kill -9, without the record that is written first", async () => {
    const [next] = others();
    await system.set("without", "record");
    await cutOff("kill -9 while it has all traffic, without the record", next!, { signal: "SIGKILL", at: "traffic" });
    const released = await system.release(now, blueGreen, atLeast);
    note("then the old version, without the record", blueGreen, released);
    assert.equal(released.code, 0, released.output);
    assert.ok(failures(released.outcome, "new") > 0, "it is what protects");
    await system.set("without", "nothing");
    await system.trial.good("up", "--yes", "--skip-preview", "--refresh", "--stack", system.trial.stack);
    assert.equal(await system.serving(), now);
  });

  it("changes over to rolling, and back by itself where a version never gets ready [YO-35]", async () => {
    await good("rolling in place of blue-green", now, rolling);
    if (whole) await good("a good version", "first", rolling);
    if (whole) await bad("a version that ends again and again", "crashing", rolling, /went back to .{8}/);
    const { output, seconds } = await bad("a version that never gets ready", "unready", rolling, /went back to .{8}/);
    assert.match(output, /Cause: pod api-/);
    assert.ok(seconds < 20 + 30 + 60, `${seconds} s`);
    const sets = (await system.get("replicasets", "{range .items[*]}{.spec.replicas} {end}")).trim().split(" ");
    assert.deepEqual(
      sets.filter((count) => count !== "0"),
      ["2"],
    );
    await good("blue-green in place of rolling", "second", blueGreen);
  });

  it("is told by palier status, and taken back by palier rollback", async () => {
    const { code, output } = await system.palier("status");
    assert.equal(code, 0, output);
    assert.match(output, new RegExp(`^api +${system.slot(now)} .* nothing$`, "m"));
    const back = judge("palier rollback to the version before", blueGreen, await system.back());
    assert.equal(back.code, 0, back.output);
    assert.equal(await system.serving(), previous);
    now = previous;
  });

  it("is rehearsed by palier drill rollback: back in less time than it takes forward [AV-82 AV-92]", async () => {
    await system.set("migrationSeconds", "5");
    const [next] = others();
    await good("a version with a migration", next!, blueGreen);
    const file = join(temporaryFolder("drill"), "drill.json");
    const drilled = judge("palier drill rollback", blueGreen, await system.drill(file));
    assert.equal(drilled.code, 0, drilled.output);
    const { result, rollbackSeconds, deploySeconds } = rollbackDrill.parse(JSON.parse(readFileSync(file, "utf8")));
    record("The way back, rehearsed under load", {
      what: `${by}: palier drill rollback, blue-green, a migration of 5 s, a bake of 3 s`,
      "back s": rollbackSeconds,
      "deploy s": deploySeconds!,
      "back/deploy": Math.round((rollbackSeconds / deploySeconds!) * 100) / 100,
    });
    assert.equal(result, "passed");
    assert.ok(rollbackSeconds < deploySeconds!, `${rollbackSeconds} s back, ${deploySeconds} s forward`);
    assert.equal(await system.serving(), now);
  });

  it("refuses a contraction with the name of a pod of an older release, and takes it once none is left, from when on none comes back", async () => {
    if (previous === now) await good("a version after the first", "second", blueGreen); // a proof that went on
    await system.set("migrationSeconds", "1");
    await system.set("phase", "contract");
    const says = new RegExp(`pod api-${system.slot(now)}-\\S+ runs .* without it first`);
    await bad("a contraction that comes too early", "sick", blueGreen, says);
    await good("the contraction, of what serves", now, blueGreen);
    const back = await system.palier("rollback");
    assert.notEqual(back.code, 0);
    assert.match(back.output, /the migration of .{8} .* took away what .{8} needs/);
  });

  it("is destroyed without a word", async () => {
    const { code, output } = await system.trial.destroy();
    assert.equal(code, 0, output);
  });
}

function failures({ failed }: Outcome, connection: "new" | "kept"): number {
  const those = Object.entries(failed).filter(([how]) => how.endsWith(`${connection} connection`));
  return those.reduce((sum, [, at]) => sum + at.length, 0);
}
