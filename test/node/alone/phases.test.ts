import assert from "node:assert/strict";
import { isWhole, recordStep } from "../../proof.ts";
import { describeAtEdge, type Machine } from "../machine.ts";
import { throughTraefik } from "./release/door.ts";
import { type Released, ReleasingSystem, type Version } from "./release/releasingSystem.ts";
import { Shared } from "./release/shared.ts";

const whole = isWhole("releases");
const atLeast = whole ? 3_000 : 300;
/** Long enough for 500 requests at each share. */
const steps = [12, 8, 8].map((seconds, index) => ({ weight: [10, 50, 100][index]!, seconds }));
const canary = { smokeSeconds: 5, steps, analysis: { errorPercent: 2, latency: "2s" } };

for (const api of ["gateway", "ingress"] as const) {
  describeAtEdge(`a canary that waits for a human, through a real Traefik by ${api}`, function (machine, ports) {
    this.timeout("9m");
    if (!whole && api === "ingress") {
      it("skipped: npm run proof -- releases runs it; the short form goes by the Gateway API alone");
      return;
    }
    phases(machine, ports, api);
  });
}

function phases(machine: Machine, ports: { http: number }, api: "ingress" | "gateway"): void {
  const stacks: [string, string] = api === "gateway" ? ["pr-70", "pr-71"] : ["pr-72", "pr-73"];
  const system = new ReleasingSystem(machine, stacks, throughTraefik(api, ports));
  before("up, as a canary", () => system.make({ canary }));
  after(() => system.drop());

  const named = (version: Version) => `api-${system.slot(version)}`;

  /** One `pulumi up`, with what counts and, beside it, what waits at a share. */
  async function up(what: string, counts: Version, beside?: [Version, number], steps = canary.steps) {
    const phase = beside && { image: system.image(beside[0]), weight: beside[1] };
    const shared = new Shared(() => system.shares());
    const rollout = { canary: { ...canary, steps, ...(phase && { phase }) } };
    const run = system.release(counts, rollout, atLeast, (at, body) => shared.hear(at, body));
    const result = await shared.during(run);
    note(what, result, beside ? shared.told(named(beside[0]), beside[0]) : "");
    return { ...result, shared };
  }

  function note(what: string, { outcome, seconds, code, output }: Released, shares = ""): void {
    recordStep("A canary that waits for a human, under load", {
      what: `${api}: ${what}`,
      requests: outcome.sent,
      failed: Object.values(outcome.failed).reduce((sum, at) => sum + at.length, 0),
      "share measured %": shares,
      "release s": Math.round(seconds),
      ends: code === 0 ? "up" : "failed",
    });
    assert.deepEqual(outcome.failed, {}, output);
  }

  /** The same that ends well, with both releases there and the named share. */
  async function phase(what: string, counts: Version, beside: [Version, number]) {
    const result = await up(what, counts, beside);
    assert.equal(result.code, 0, result.output);
    const [other, weight] = beside;
    assert.deepEqual(await system.shares(), { [named(counts)]: 100 - weight, [named(other)]: weight });
    assert.deepEqual(await system.deployments(), [named(counts), named(other)].sort());
    return result;
  }

  async function alone(what: string, counts: Version, beside?: [Version, number]) {
    const result = await up(what, counts, beside);
    assert.equal(result.code, 0, result.output);
    const now = beside?.[1] === 100 ? beside[0] : counts;
    assert.deepEqual(await system.shares(), { [named(now)]: 100 });
    assert.deepEqual(await system.deployments(), [named(now)]);
    assert.equal(await system.serving(), now);
    return result;
  }

  it("goes to a share and stays there, both versions known to the engine [AV-33 DP-54]", async () => {
    await phase("10 %", "first", ["second", 10]);
    const { output, code } = await system.palier("status");
    assert.equal(code, 1, output);
    assert.match(output, new RegExp(`${system.slot("second")}: 2 of 2 pods can serve, 10 % of the requests, waits`));
  });

  it("changes nothing in an up that changes nothing, and keeps its share", async () => {
    const { output, shared } = await phase("nothing", "first", ["second", 10]);
    assert.doesNotMatch(output, /has 10 % of the requests|was cut off/);
    const [{ share, requests } = { share: 0, requests: 0 }] = shared.plateaus(named("second"), "second");
    assert.ok(Math.abs(share - 10) <= 2, `${share} % of ${requests} requests`);
  });

  it("is put back to its share after kill -9 on the way to the next, and goes on with the same up", async () => {
    const slow = steps.map((step) => ({ ...step, seconds: 60 }));
    const phase = { image: system.image("second"), weight: 50 };
    const rollout = { canary: { ...canary, steps: slow, phase } };
    const half = async () => (await system.shares())?.[named("second")] === 50;
    const cut = await system.cutOff("first", rollout, { signal: "SIGKILL", at: half });
    note("kill -9 on the way to 50 %", cut);
    const { output } = await phase50("then the same");
    assert.match(output, /was cut off; it has 10 % again/);
    assert.equal(await system.pending(), 0);
  });
  const phase50 = (what: string) => phase(what, "first", ["second", 50]);

  it("takes all with the last phase, and is then a release as any other", async () => {
    const { output } = await alone("100 %", "first", ["second", 100]);
    assert.doesNotMatch(output, /has 10 % of the requests|has 50 % of the requests/);
    assert.equal((await system.palier("status")).code, 0);
    await alone("its image as what counts, and no phase: nothing", "second");
  });

  it("is taken back by a phase of 0, and by leaving the phase out", async () => {
    await phase("10 % of another", "second", ["third", 10]);
    await alone("0 %", "second", ["third", 0]);
    await phase("10 % again", "second", ["third", 10]);
    await alone("no phase", "second");
  });

  it("gives all requests back where it fails, and lets the next up take it away", async () => {
    // It fails once each of its pods has served twenty requests.
    const long = steps.map((step) => ({ ...step, seconds: 30 }));
    const { code, output, shared } = await up("10 % of one that fails", "second", ["failing", 10], long);
    assert.notEqual(code, 0, output);
    assert.match(output, /beside \S+ failed, and all traffic is back at \S+\. Cause: under 10 %/);
    const back = shared.backAt(named("failing"));
    assert.deepEqual(
      shared.answersOf("failing").filter((at) => at > back + 1000),
      [],
    );
    await alone("then no phase", "second");
  });

  it("is destroyed without a word while it waits", async () => {
    await phase("10 %", "second", ["third", 10]);
    const { code, output } = await system.trial.destroy();
    assert.equal(code, 0, output);
  });
}
