import assert from "node:assert/strict";
import { isWhole, recordStep } from "../../proof.ts";
import { eventually } from "../eventually.ts";
import { describeAtEdge, type Machine } from "../machine.ts";
import { throughTraefik } from "./release/door.ts";
import { type Moment, type Released, ReleasingSystem, type Version } from "./release/releasingSystem.ts";
import { Shared } from "./release/shared.ts";

const whole = isWhole("releases");
const atLeast = whole ? 3_000 : 300;
/** Long enough for 500 requests at each share. */
const steps = [
  { weight: 10, seconds: 12 },
  { weight: 50, seconds: 12 },
  { weight: 100, seconds: 12 },
];
const analysis = { errorPercent: 2, latency: "2s" };
const canary = { canary: { smokeSeconds: 5, steps, analysis } };
const blueGreen = { blueGreen: { bakeSeconds: 3, smokeSeconds: 5 } };
const rolling = { rolling: {} };
/** Long enough to be cut off in. */
const slow = { canary: { smokeSeconds: 5, steps: steps.map((step) => ({ ...step, seconds: 60 })) } };

for (const api of ["gateway", "ingress"] as const) {
  describeAtEdge(
    `a canary through a real Traefik by ${api}, at a hundred requests a second`,
    function (machine, ports) {
      this.timeout("9m");
      if (!whole && api === "ingress") {
        it("skipped: npm run proof -- releases runs it; the short form goes by the Gateway API alone");
        return;
      }
      releases(machine, ports, api);
    },
  );
}

function releases(machine: Machine, ports: { http: number }, api: "ingress" | "gateway"): void {
  const stacks: [string, string] = api === "gateway" ? ["pr-80", "pr-81"] : ["pr-82", "pr-83"];
  const system = new ReleasingSystem(machine, stacks, throughTraefik(api, ports));
  let now: Version = "first";
  let led: Record<string, number> = { api: 100 };
  before("up, rolling", () => system.make(rolling));
  after(() => system.drop());
  const long = (title: string, body: () => Promise<void>) => void (whole && it(title, body));

  /** Under load, with what each release was heard to answer. */
  async function released(what: string, version: Version, strategy: object): Promise<Released & { shared: Shared }> {
    const shared = new Shared(() => system.shares());
    const run = system.release(version, strategy, atLeast, (at, body) => shared.hear(at, body));
    const result = await shared.during(run);
    note(what, strategy, result, shared.told(`api-${system.slot(version)}`, version));
    assert.deepEqual(result.outcome.failed, {}, result.output);
    return { ...result, shared };
  }

  function note(what: string, strategy: object, { outcome, seconds, code }: Released, shares = ""): void {
    const lost = Object.values(outcome.failed).reduce((sum, at) => sum + at.length, 0);
    recordStep("A release through Traefik, under load", {
      what: `${api}: ${what}`,
      strategy: Object.keys(strategy).join(),
      requests: outcome.sent,
      failed: lost,
      "share measured %": shares,
      "release s": Math.round(seconds),
      ends: code === 0 ? "released" : "not released",
    });
  }

  async function good(what: string, version: Version, strategy: object): Promise<Released & { shared: Shared }> {
    const result = await released(what, version, strategy);
    assert.equal(result.code, 0, result.output);
    now = version;
    led = { [strategy === canary ? `api-${system.slot(version)}` : "api"]: 100 };
    assert.equal(await system.serving(), version);
    assert.deepEqual(await system.deployments(), [strategy === rolling ? "api" : `api-${system.slot(version)}`]);
    return result;
  }

  async function bad(what: string, version: Version, says: RegExp): Promise<Released & { shared: Shared }> {
    const result = await released(what, version, canary);
    assert.notEqual(result.code, 0, result.output);
    assert.match(result.output, says);
    assert.equal(await system.serving(), now);
    await system.preview(now, canary);
    return result;
  }

  async function cutOff(what: string, version: Version, signal: "SIGKILL" | "SIGINT", at: Moment): Promise<void> {
    const result = await system.cutOff(version, slow, { signal, at });
    note(what, slow, result);
    assert.notEqual(result.code, 0, result.output);
    assert.deepEqual(result.outcome.failed, {}, result.output);
    if (signal === "SIGKILL") await system.preview(now, canary);
  }

  it("goes over from rolling, which by an Ingress moves all traffic at once", async () => {
    await good("a canary in place of rolling", "second", canary);
    assert.deepEqual(await system.shares(), led);
  });

  it("has each share to two points over 500 requests, and loses nothing [AV-33 AV-84 DP-53 DP-54]", async () => {
    const { shared } = await good("a good version", "third", canary);
    const measured = shared.plateaus(`api-${system.slot("third")}`, "third");
    assert.deepEqual(
      measured.map(({ weight }) => weight),
      [10, 50, 100],
    );
    for (const { weight, share, requests } of measured) {
      assert.ok(requests >= 500, `${requests} requests at ${weight} %`);
      assert.ok(Math.abs(share - weight) <= 2, `${share} % of ${requests} requests at ${weight} %`);
    }
  });

  it("goes back to nothing within a second of an analysis that fails [AV-66 AV-83]", async () => {
    const says =
      /in place of \S+ failed, and all traffic is back at \S+\. Cause: under 10 % of the requests: .* answers failed/;
    const { shared } = await bad("an analysis that fails", "failing", says);
    const back = shared.backAt(`api-${system.slot("failing")}`);
    const late = shared.answersOf("failing").filter((at) => at > back + 1000);
    assert.deepEqual(late, [], "asked a second after the weights were back");
    assert.deepEqual(await system.shares(), led);
  });

  long("gives no request to a version that never gets ready, and goes on with the old image", async () => {
    const { shared } = await bad(
      "a version that never gets ready",
      "unready",
      /Readiness probe failed|never to be ready/,
    );
    assert.deepEqual(shared.answersOf("unready"), []);
    await good("the old version again", now, canary);
  });

  long("gives none to one that ends again and again", async () => {
    const { shared } = await bad(
      "a version that ends again and again",
      "crashing",
      /exit code 3|CrashLoopBackOff|back-off restarting/i,
    );
    assert.deepEqual(shared.answersOf("crashing"), []);
  });

  long("gives none to one whose smoke test fails", async () => {
    const { shared } = await bad("a smoke test that fails", "sick", /has served all the time.*status "degraded"/s);
    assert.deepEqual(shared.answersOf("sick"), []);
  });

  const others = () => (["first", "second", "third"] as const).filter((version) => version !== now);

  long("goes back to nothing at a Ctrl-C, and takes the same version next", async () => {
    const [next] = others();
    await cutOff("Ctrl-C while it has a share", next!, "SIGINT", "share");
    assert.deepEqual(await system.shares(), led);
    await good("then the same version", next!, canary);
  });

  for (const which of ["old", "same", "third"] as const) {
    long(`is put back after kill -9 while it has a share, by an up of the ${which} version`, async () => {
      const [same, third] = others();
      await cutOff("kill -9 while it has a share", same!, "SIGKILL", "share");
      const version = { old: now, same: same!, third: third! }[which];
      const { output } = await good(`then the ${which} version`, version, canary);
      assert.match(output, /was cut off; all traffic is back at/);
      assert.equal(await system.pending(), 0);
    });
  }

  for (const which of ["old", "same", "third"] as const) {
    long(`leaves nothing after kill -9 while it is made, once the ${which} version is up`, async () => {
      const [same, third] = others();
      await cutOff("kill -9 while it is made", same!, "SIGKILL", "making");
      await good(`then the ${which} version`, { old: now, same: same!, third: third! }[which], canary);
    });
  }

  long("loses nothing where something else fails, and releases the same version next", async () => {
    const [next] = others();
    await system.set("unrelated", "true");
    const result = await released("something else fails", next!, canary);
    assert.notEqual(result.code, 0);
    await system.set("unrelated", "false");
    await good("then the same version", next!, canary);
    assert.deepEqual(await system.shares(), led);
  });

  long("loses a share of the requests after kill -9, without the record that is written first", async () => {
    const [next] = others();
    await system.set("without", "record");
    await cutOff("kill -9 while it has a share, without the record", next!, "SIGKILL", "share");
    const result = await system.release(now, canary, atLeast);
    note("then the old version, without the record", canary, result);
    assert.equal(result.code, 0, result.output);
    assert.ok(Object.keys(result.outcome.failed).length > 0, "it is what protects");
    await system.set("without", "nothing");
    await system.trial.good("up", "--yes", "--skip-preview", "--refresh", "--stack", system.trial.stack);
    assert.deepEqual(await system.shares(), led);
    // What the edge has not read yet is not the next row's.
    await eventually(() => system.preview(now, canary).then(() => true));
  });

  long("goes over to blue-green, to rolling and back, and loses nothing", async () => {
    const [next, last] = others();
    await good("blue-green in place of a canary", next!, blueGreen);
    await good("a canary in place of blue-green, with the same image", next!, canary);
    await good("rolling in place of a canary", last!, rolling);
    await good("a canary in place of rolling, with the same image", last!, canary);
  });

  it("is destroyed without a word", async () => {
    const { code, output } = await system.trial.destroy();
    assert.equal(code, 0, output);
  });
}
